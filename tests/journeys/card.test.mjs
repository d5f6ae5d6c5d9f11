// An identity card's code fills a person's questions: by the camera, by a photo, and what happens when neither can be read.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { card, film, snapshot } from "../card.mjs";
import { citizen } from "../citizen.mjs";
import { journey, launchWith } from "../harness.mjs";
import { file } from "../paper.mjs";
import { root, words } from "../words.mjs";

const folder = mkdtempSync(join(tmpdir(), "motcua-card-"));
after(() => rmSync(folder, { recursive: true, force: true }));
// The browser shows this film as what its camera sees.
const seen = join(folder, "card.y4m");
film(seen, card());
launchWith("--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${seen}`);

const says = JSON.parse(await readFile(join(root, "public/card/words.vi.json"), "utf8"));
const GRAVE = "tham-vieng-mo-liet-si";

/** As far as the first step of the application, where the applicant's name is asked. */
async function arrive(visit) {
  const person = citizen(visit);
  await person.begin(GRAVE);
  await person.agency("UBND xã Cam Lộ");
  await person.guided({ la_ai: "than-nhan" });
  await person.onward();
  while (!person.path().includes("/forms/nd131-31/")) await person.onward();
  return { person, panel: visit.page.getByRole("dialog"), scan: visit.page.getByRole("button", { name: person.says.card.scan }) };
}

const button = (panel, name) => panel.getByRole("button", { name, exact: true });
const photo = (name, bytes) => file(name, "image/jpeg", bytes);

/** What the applicant's boxes hold. */
const held = (person, ids) => Promise.all(ids.map((id) => person.at(id).inputValue()));
const BOXES = ["nk_ho_ten", "nk_ngay_sinh.day", "nk_ngay_sinh.month", "nk_ngay_sinh.year", "nk_so_giay_to", "nk_ngay_cap.day", "nk_ngay_cap.month", "nk_ngay_cap.year", "nk_noi_cap"];
const MUNG = ["Hồ Thị Mừng", "15", "3", "1962", "000162000017", "22", "4", "2021", "Cục Cảnh sát quản lý hành chính về trật tự xã hội"];

journey("the camera reads a card and fills the applicant's questions", async (visit) => {
  const { page, context, audit } = visit;
  await context.grantPermissions(["camera"]);
  const { person, panel, scan } = await arrive(visit);
  await person.look("card button");
  await scan.click();
  await panel.getByRole("heading", { name: says.found }).waitFor({ timeout: 30_000 });
  for (const told of ["Hồ Thị Mừng", "15/3/1962", "000 162 000017", "Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị"]) {
    await panel.getByText(told, { exact: true }).waitFor();
  }
  // The old commune is a unit of today, for the citizen to confirm.
  await panel.getByRole("radio", { name: "Thôn An Lợi, xã Triệu Bình, tỉnh Quảng Trị" }).waitFor();
  await panel.getByText(says.doubt_place).waitFor();
  await audit("card read");
  await button(panel, says.fill).click();
  await panel.waitFor({ state: "detached" });
  assert.deepEqual(await held(person, BOXES), MUNG);
  assert.ok(await page.getByRole("radio", { name: "Nữ" }).isChecked());
  await page.getByText(person.says.card.filled).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "nk_ho_ten", "the focus is where to look again");
  await person.settled();
  await audit("card filled");
  // The address stands on the next step, and everything is in the draft.
  await person.press();
  assert.equal(await person.at("nk_thuong_tru.commune").inputValue(), "Xã Triệu Bình");
  assert.equal(await person.at("nk_thuong_tru.detail").inputValue(), "Thôn An Lợi");
  await page.goBack();
  await person.settled();
  await page.reload();
  await person.settled();
  assert.deepEqual(await held(person, BOXES), MUNG);
  // Nothing keeps the code's own text.
  const kept = await page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)));
      for (const store of database.objectStoreNames) {
        const all = await new Promise((done) => (database.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => done(target.result)));
        for (const one of all) texts.push(one instanceof Uint8Array || one instanceof ArrayBuffer ? new TextDecoder().decode(one) : JSON.stringify(one));
      }
    }
    return texts.join("\n");
  });
  assert.ok(kept.includes("Hồ Thị Mừng"), "the answers are kept");
  for (const raw of ["|", "123456789", "Triệu Độ"]) assert.ok(!kept.includes(raw), `“${raw}” is kept`);
}, { seconds: 240 });

journey("without a camera a photo will do", async (visit) => {
  const { page, audit, allow } = visit;
  const { person, panel, scan } = await arrive(visit);
  allow(/NotAllowedError/);
  await scan.click();
  await panel.getByText(says.no_camera).waitFor();
  await audit("card no camera");
  const choose = panel.locator("input[type=file]");
  await choose.setInputFiles(photo("ban.jpg", await snapshot(page, null)));
  await panel.getByText(says.not_found).waitFor({ timeout: 30_000 });
  await choose.setInputFiles(photo("qr.jpg", await snapshot(page, "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F")));
  await panel.getByText(says.payment).waitFor({ timeout: 30_000 });
  await choose.setInputFiles(file("hong.jpg", "image/jpeg", Buffer.from("not a picture")));
  await panel.getByText(says.not_picture).waitFor();
  await audit("card other code");
  // A ward of before that was split: the citizen says where, and is asked when they do not.
  const split = card({ home: "Số 5, ngõ 2, Cống Vị, Ba Đình, Hà Nội", birth: "1962" });
  await choose.setInputFiles(photo("the.jpg", await snapshot(page, split, { turn: -12, dark: 0.35 })));
  await panel.getByRole("heading", { name: says.found }).waitFor({ timeout: 30_000 });
  await audit("card split commune");
  await button(panel, says.fill).click();
  await panel.getByText(says.home_choose).waitFor();
  await panel.getByRole("radio", { name: "Số 5, ngõ 2, phường Ngọc Hà, thành phố Hà Nội" }).check();
  await button(panel, says.fill).click();
  await panel.waitFor({ state: "detached" });
  const [name, day, month, year] = await held(person, BOXES);
  assert.deepEqual([name, day, month, year], ["Hồ Thị Mừng", "", "", "1962"]);
  await person.settled();
}, { seconds: 240 });

journey("registering an account takes the card too", async (visit) => {
  const { page, context, audit } = visit;
  await context.grantPermissions(["camera"]);
  await page.goto("/account/register");
  await page.getByRole("button", { name: "Tiếp tục", exact: true }).click();
  const panel = page.getByRole("dialog");
  await page.getByRole("button", { name: words().card.scan }).click();
  await panel.getByRole("heading", { name: says.found }).waitFor({ timeout: 30_000 });
  assert.equal(await button(panel, says.account).count(), 0, "an account that is not there yet is not offered");
  await audit("card read while registering");
  await button(panel, says.fill).click();
  await panel.waitFor({ state: "detached" });
  const boxes = ["Họ và tên", "Ngày", "Tháng", "Năm", "Số định danh cá nhân (không bắt buộc)"];
  const filled = await Promise.all(boxes.map((label) => page.getByLabel(label, { exact: true }).inputValue()));
  assert.deepEqual(filled, ["Hồ Thị Mừng", "15", "3", "1962", "000162000017"]);
  assert.ok(await page.getByLabel("Nữ").isChecked());
  await audit("registering: filled from the card");
}, { seconds: 120 });

journey("somebody else's card changes nothing, and keys are enough", async (visit) => {
  const { page, allow } = visit;
  allow(/NotAllowedError/);
  const { person, panel, scan } = await arrive(visit);
  await person.at("nk_ho_ten").fill("Lê Văn Được");
  await scan.focus();
  await page.keyboard.press("Enter");
  await panel.getByText(says.no_camera).waitFor();
  await panel.locator("input[type=file]").setInputFiles(photo("the.jpg", await snapshot(page, card())));
  await panel.getByRole("heading", { name: says.found }).waitFor({ timeout: 30_000 });
  await button(panel, says.not_me).click();
  await panel.waitFor({ state: "detached" });
  assert.deepEqual(await held(person, BOXES.slice(0, 1)), ["Lê Văn Được"]);
  // Escape closes; the focus goes back to the button.
  await scan.press("Enter");
  await panel.waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement.dataset.name === "nk_ho_ten");
}, { seconds: 240 });

journey("a browser's own reader is asked before ours", async (visit) => {
  const { page, context, allow } = visit;
  allow(/NotAllowedError/);
  // This Chromium has none; the phone's would answer like this.
  await context.addInitScript((text) => {
    globalThis.BarcodeDetector = class {
      static getSupportedFormats = async () => ["qr_code"];
      detect = async () => [{ rawValue: text }];
    };
  }, card({ home: "Thôn 1, Xứ Lạ" }));
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const { person, panel, scan } = await arrive(visit);
  assert.ok(!asked.some((url) => /\/card-|\/scan-|\/reader-/.test(url)), "nothing of it comes before somebody asks");
  await scan.click();
  await panel.locator("input[type=file]").setInputFiles(photo("the.jpg", await snapshot(page, card())));
  await panel.getByText(says.home_none).waitFor({ timeout: 30_000 });
  assert.ok(!asked.some((url) => /\/reader-/.test(url)), "our reader stays where it is");
  await button(panel, says.fill).click();
  await panel.waitFor({ state: "detached" });
  assert.equal((await held(person, BOXES))[0], "Hồ Thị Mừng");
}, { seconds: 240 });

journey("without a network the button says so, and typing goes on", async (visit) => {
  const { page, context, allow } = visit;
  allow(/panel\.js|ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  const { person, scan } = await arrive(visit);
  await context.setOffline(true);
  await scan.click();
  await page.getByText(person.says.card.failed).waitFor();
  await person.at("nk_ho_ten").fill("Lê Văn Được");
  await context.setOffline(false);
  await scan.click();
  await page.getByRole("dialog").waitFor();
}, { seconds: 240 });
