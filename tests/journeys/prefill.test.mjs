// What a citizen keeps in their account fills a person's questions where a card would: asked for in the card's panel, shown, and
// written only when they say so.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import { PASSWORD, registered as register, signIn } from "../accounts.mjs";
import { citizen } from "../citizen.mjs";
import { journey, serveWith } from "../harness.mjs";
import { mailbox } from "../mailbox.mjs";
import { pdf } from "../paper.mjs";
import { root } from "../words.mjs";

const mails = await mailbox();
const MAIL = { MOTCUA_SMTP: mails.address, MOTCUA_MAIL_FROM: "Một Cửa <thu@motcua.example>", MOTCUA_PUBLIC_ADDRESS: "https://motcua.example" };
serveWith({ env: MAIL });
after(() => mails.close());

const says = JSON.parse(await readFile(join(root, "public/card/words.vi.json"), "utf8"));
const LAN = {
  number: "000162000001",
  birth: "1962-03-15",
  sex: "nu",
  province: "44",
  commune: "19441",
  detail: "Thôn Doa Củ",
};

const registered = (server, ...of) => register({ mails, server }, ...of);

/** As far as the applicant's name, with the panel open. */
async function arrive(visit) {
  visit.allow(/NotAllowedError/);
  const person = citizen(visit);
  await person.begin("tham-vieng-mo-liet-si");
  await person.agency("UBND xã Cam Lộ");
  await person.guided({ la_ai: "than-nhan" });
  await person.onward();
  while (!person.path().includes("/forms/nd131-31/")) await person.onward();
  const scan = visit.page.getByRole("button", { name: person.says.card.scan });
  return { person, scan, panel: visit.page.getByRole("dialog") };
}

const button = (panel, name) => panel.getByRole("button", { name, exact: true });
const held = (person, ids) => Promise.all(ids.map((id) => person.at(id).inputValue()));
const BOXES = ["nk_ho_ten", "nk_ngay_sinh.day", "nk_ngay_sinh.month", "nk_ngay_sinh.year", "nk_so_giay_to"];

journey("what is in the account fills the applicant's questions, and nothing else", async (visit) => {
  const { page, server, audit } = visit;
  await registered(server, "lan@example.com", "Trần Thị Lan", LAN);
  const { person, scan, panel } = await arrive(visit);
  await signIn(page, "lan@example.com");
  await scan.click();
  await button(panel, says.account).waitFor();
  await panel.getByText(says.no_camera).waitFor();
  await audit("panel with the account");
  await button(panel, says.account).click();
  await panel.getByRole("heading", { name: says.account_found }).waitFor();
  for (const told of ["Trần Thị Lan", "15/3/1962", "Nữ", "000 162 000001", "Thôn Doa Củ, xã Hướng Phùng, tỉnh Quảng Trị"]) {
    await panel.getByText(told, { exact: true }).waitFor();
  }
  await panel.getByText(says.account_missing.replace("{parts}", says.issued.toLowerCase())).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "card-title", "a reader is told what the panel shows now");
  await audit("account shown");
  assert.deepEqual(await held(person, BOXES.slice(0, 1)), [""], "nothing is written before they say so");
  await button(panel, says.fill).click();
  await panel.waitFor({ state: "detached" });
  assert.deepEqual(await held(person, BOXES), ["Trần Thị Lan", "15", "3", "1962", "000162000001"]);
  assert.ok(await page.getByRole("radio", { name: "Nữ" }).isChecked());
  await page.getByText(person.says.card.filled).waitFor();
  await person.settled();
  // What the account does not have is typed; the residence stands on the next step, and a reload loses nothing.
  await person.at("nk_ngay_cap.day").fill("22");
  await person.at("nk_ngay_cap.month").fill("4");
  await person.at("nk_ngay_cap.year").fill("2021");
  await person.at("nk_noi_cap").fill("Bộ Công an");
  await person.press();
  await person.at("nk_thuong_tru.commune").waitFor();
  await page.reload();
  await person.settled();
  assert.equal(await person.at("nk_thuong_tru.commune").inputValue(), "Xã Hướng Phùng");
  assert.equal(await person.at("nk_thuong_tru.detail").inputValue(), "Thôn Doa Củ");
}, { seconds: 240 });

journey("an account with a name alone says what is missing, and clears nothing", async (visit) => {
  const { page, server, audit } = visit;
  await registered(server, "minh@example.com", "Võ Minh", {});
  const { person, scan, panel } = await arrive(visit);
  await signIn(page, "minh@example.com");
  await person.at("nk_so_giay_to").fill("000062000002");
  await scan.click();
  await button(panel, says.account).click();
  await panel.getByRole("heading", { name: says.account_found }).waitFor();
  const missing = ["number", "birth", "sex", "account_home", "issued"].map((name) => says[name].toLowerCase()).join(", ");
  await panel.getByText(says.account_missing.replace("{parts}", missing)).waitFor();
  await audit("account with a name alone");
  // The card is one press away.
  await button(panel, says.scan).click();
  await panel.getByRole("heading", { name: says.title }).waitFor();
  await button(panel, says.account).click();
  await button(panel, says.fill).click();
  await panel.waitFor({ state: "detached" });
  assert.deepEqual(await held(person, ["nk_ho_ten", "nk_so_giay_to"]), ["Võ Minh", "000062000002"]);
}, { seconds: 240 });

journey("who is not signed in is led there and back, and keeps what was typed", async (visit) => {
  const { page, server, context, audit, allow } = visit;
  allow(/citizens\/me|ERR_INTERNET_DISCONNECTED/);
  const { person, scan, panel } = await arrive(visit);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await person.at("nk_ho_ten").fill("Lê Văn");
  await scan.click();
  await button(panel, says.account).waitFor();
  assert.ok(!asked.some((path) => path.includes("citizens")), "no account is asked for before somebody wants it");
  await context.setOffline(true);
  await button(panel, says.account).click();
  await panel.getByText(says.account_failed).waitFor();
  await audit("account without a network");
  await context.setOffline(false);
  await button(panel, says.account).click();
  await panel.getByRole("heading", { name: says.sign_in }).waitFor();
  await audit("not signed in");
  // There and back, by the site's own page: what was typed is still there, and the account fills it now.
  const here = person.path();
  await registered(server, "duoc@example.com", "Lê Văn Được", { ...LAN, number: "000062000003", sex: "nam" });
  await panel.getByRole("link", { name: says.sign_in_go, exact: true }).click();
  await page.getByLabel("E-mail hoặc số điện thoại").fill("duoc@example.com");
  await page.getByLabel("Mật khẩu").fill(PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập", exact: true }).click();
  await page.waitForURL(`**${here}`);
  await person.settled();
  assert.deepEqual(await held(person, ["nk_ho_ten", "nk_so_giay_to"]), ["Lê Văn", ""]);
  await scan.click();
  await button(panel, says.account).click();
  await button(panel, says.fill).click();
  await panel.waitFor({ state: "detached" });
  assert.deepEqual(await held(person, ["nk_ho_ten", "nk_so_giay_to"]), ["Lê Văn Được", "000062000003"]);
}, { seconds: 240, desk: true });

/** A draft on its page of papers, with the first paper that is asked for. */
async function papersPage(visit) {
  const person = citizen(visit);
  await person.begin("ho-tro-chi-phi-mai-tang");
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await visit.page.goto(new URL(visit.page.url()).pathname.replace(/outcome$/, "papers"));
  await person.settled();
  return { person, ask: visit.page.locator(".paper-ask").first(), panel: visit.page.getByRole("dialog") };
}

journey("a paper of the account stands in the draft as a chosen file does", async (visit) => {
  const { page, server, audit, allow } = visit;
  allow(/citizens\/me/);
  const { person, ask, panel } = await papersPage(visit);
  const mine = ask.getByRole("button", { name: person.says.papers.mine });
  await mine.click();
  await panel.getByRole("heading", { name: says.sign_in }).waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  assert.ok(await mine.evaluate((button) => button === document.activeElement), "the focus goes back");

  await registered(server, "hoa@example.com", "Lê Thị Hoa", {});
  await signIn(page, "hoa@example.com");
  await mine.click();
  await panel.getByText(says.mine_empty).waitFor();
  await audit("no papers in the account");
  await panel.getByRole("button", { name: says.mine_cancel }).click();

  const bytes = pdf("Trích lục khai tử");
  await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const headers = { "x-req": "1", "content-type": "application/octet-stream", "paper-name": encodeURIComponent("Trích lục khai tử") };
    const answer = await fetch(`/api/v1/citizens/me/papers/${sha256}`, { method: "PUT", headers, body: bytes });
    if (!answer.ok) throw new Error(`keeping the paper answered ${answer.status}`);
  }, Buffer.from(bytes).toString("base64"));
  await mine.click();
  await panel.getByText("Trích lục khai tử", { exact: true }).waitFor();
  await audit("papers of the account");
  await panel.getByRole("button", { name: `${says.mine_use}: Trích lục khai tử` }).click();
  await panel.waitFor({ state: "detached" });
  await ask.getByText(person.says.papers.have, { exact: true }).waitFor();
  await audit("paper taken from the account");
  // It is on the phone: the draft keeps it through a reload.
  await page.reload();
  await person.settled();
  await ask.getByText(person.says.papers.have, { exact: true }).waitFor();
}, { seconds: 240 });
