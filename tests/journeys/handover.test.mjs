// A draft goes from one phone to another: by picture, link or code, once, whole, and unread by the server.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import jsQR from "jsqr";
import { citizen, loose } from "../citizen.mjs";
import { journey } from "../harness.mjs";
import { example, pattern, words } from "../words.mjs";

const says = words();
const forms = { "nd20-04": example("nd20-04", "ok-gia-dinh"), "nguoi-nop": example("nguoi-nop", "ok-tu-nop") };

/** A draft filled as far as the look-over, papers and all; the page is then its task list. Answers its key. */
async function filled(visit) {
  const person = citizen(visit);
  await person.begin("ho-tro-chi-phi-mai-tang");
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await person.onward();
  await person.fillAll(forms);
  const key = person.path().split("/")[2];
  await visit.page.goto(`/drafts/${key}/tasks`);
  await person.settled();
  return { person, key };
}

/** Hands it over; answers the link in its picture, and its code. */
async function handedOver({ page, audit }, person) {
  await page.getByRole("link", { name: says.hand_over.title, exact: true }).click();
  await page.waitForURL("**/hand-over");
  await person.settled();
  await audit("hand over offer");
  await page.getByRole("button", { name: says.hand_over.go, exact: true }).click();
  await page.getByText(pattern(says.hand_over.waiting)).waitFor({ timeout: 60_000 });
  await audit("hand over ready");
  const link = await picture(page.getByRole("img", { name: says.hand_over.picture }));
  return { link, code: (await page.locator(".code").innerText()).trim() };
}

/** What a camera reads in the picture. */
async function picture(image) {
  const { frame, path } = await image.evaluate((svg) => ({
    frame: svg.getAttribute("viewBox").split(" ").map(Number),
    path: svg.querySelector("path").getAttribute("d"),
  }));
  const scale = 4;
  const [left, , width] = frame;
  const side = width * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let down = 0; down < scale; down += 1) {
      for (let right = 0; right < scale; right += 1) {
        const place = ((Number(y) - left) * scale + down) * side + (Number(x) - left) * scale + right;
        pixels.fill(0, place * 4, place * 4 + 3);
      }
    }
  }
  return jsQR(pixels, side, side).data;
}

/** Another phone, with nothing on it. */
async function another({ context, server }) {
  const options = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
  const other = await context.browser().newContext({ ...options, baseURL: server.url, locale: "vi-VN" });
  other.setDefaultTimeout(15_000);
  return { page: await other.newPage(), close: () => other.close() };
}

/** Every file of the server's data, searched for bytes. */
function holds(folder, text) {
  return readdirSync(folder).some((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? holds(path, text) : readFileSync(path).includes(text);
  });
}

journey("a draft goes over by its picture, papers and all, and one dossier comes of it", async (visit) => {
  const { page, audit, server } = visit;
  const { person, key } = await filled(visit);
  const { link } = await handedOver(visit, person);
  assert.match(link, /\/open-draft#[0-9a-f]{32}\.[0-9a-f]{64}$/);
  for (const told of [forms["nd20-04"].nc_ho_ten, key, link.split(".").pop()]) {
    assert.ok(!holds(server.data, told), `the server's data does not hold “${told}”`);
  }

  const other = await another(visit);
  const second = citizen({ page: other.page, audit: (label) => audit(label, other.page) });
  await other.page.goto(link);
  await second.settled();
  await audit("open by link", other.page);
  await other.page.getByRole("button", { name: says.open_draft.go, exact: true }).click();
  await other.page.waitForURL("**/tasks");
  await second.settled();
  assert.equal(new URL(other.page.url()).pathname.split("/")[2], key, "the same draft, under the same key");
  await other.page.goto(`/drafts/${key}/papers`);
  await second.settled();
  assert.equal(await other.page.getByText(says.papers.none_yet, { exact: true }).count(), 0, "its papers came along");
  await other.page.locator("img.thumb").first().waitFor();

  // The first phone is told, and its copy is not filled on by mistake.
  await page.getByText(pattern(says.hand_over.taken)).waitFor();
  await audit("hand over taken");
  await page.goto(`/drafts/${key}/tasks`);
  await page.waitForURL("**/hand-over");
  await person.settled();

  // A third phone comes too late.
  const third = await another(visit);
  await third.page.goto(link);
  await third.page.getByRole("button", { name: says.open_draft.go, exact: true }).click();
  await third.page.getByText("đã được mở trên một máy khác").waitFor();
  await audit("open too late", third.page);
  await third.close();

  // Both send, the second phone first: the same content, one dossier, one code.
  await other.page.goto(`/drafts/${key}/check`);
  await second.settled();
  const code = await second.send();
  await page.getByRole("button", { name: says.hand_over.back, exact: true }).click();
  await page.getByText(says.hand_over.back_sure, { exact: true }).waitFor();
  await audit("hand over back");
  // It is asked for back all the same, and the server says that it is too late, which the browser prints.
  visit.allow(/409 \(Conflict\)/);
  await page.getByRole("button", { name: says.hand_over.back, exact: true }).click();
  await page.waitForURL("**/tasks");
  await page.goto(`/drafts/${key}/check`);
  await person.settled();
  assert.equal(await person.send(), code);
  await other.close();
}, { seconds: 400 });

journey("a draft goes over by its code, through a line that breaks, and back", async (visit) => {
  const { page, audit } = visit;
  const { person, key } = await filled(visit);
  const { code } = await handedOver(visit, person);
  assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);

  const other = await another(visit);
  const second = citizen({ page: other.page, audit: (label) => audit(label, other.page) });
  await other.page.goto("/open-draft");
  await second.settled();
  await audit("open by code", other.page);
  const box = other.page.getByRole("textbox", { name: says.open_draft.label });
  const open = other.page.getByRole("button", { name: says.open_draft.go, exact: true });
  await open.click();
  await other.page.getByText(says.open_draft.empty, { exact: true }).waitFor();
  const last = code.at(-1) === "7" ? "8" : "7";
  await box.fill(code.slice(0, -1) + last);
  await open.click();
  await other.page.getByText(says.open_draft.typo, { exact: true }).waitFor();
  await audit("open mistyped", other.page);
  // The line breaks for good in the middle: the same phone goes on where it can, also after a reload.
  let broken = 0;
  await other.page.route("**/parts/1", (route) => {
    broken += 1;
    return broken <= 3 ? route.abort() : route.continue();
  });
  await box.fill(loose(code));
  await open.click();
  await other.page.getByText(says.open_draft.failed, { exact: true }).waitFor();
  await audit("open broken", other.page);
  await other.page.reload();
  await second.settled();
  await box.fill(loose(code));
  await open.click();
  await other.page.waitForURL("**/tasks");
  await second.settled();
  assert.equal(broken, 4);

  // Something is changed there, and the draft comes back: which version counts is asked.
  await other.page.goto(`/drafts/${key}/agency`);
  await second.settled();
  await second.agency("UBND xã Khe Sanh");
  await other.page.goto(`/drafts/${key}/tasks`);
  await second.settled();
  const back = await handedOver({ page: other.page, audit: async () => {} }, second);
  await page.goto(back.link);
  await person.settled();
  await page.getByRole("button", { name: says.open_draft.go, exact: true }).click();
  await page.getByRole("button", { name: pattern(says.open_draft.theirs) }).waitFor();
  await audit("open two versions");
  await page.getByRole("button", { name: pattern(says.open_draft.theirs) }).click();
  await page.waitForURL("**/tasks");
  await page.goto(`/drafts/${key}/agency`);
  await person.settled();
  assert.equal(await page.getByRole("combobox").inputValue(), "UBND xã Khe Sanh");
  await other.close();
}, { seconds: 400 });

journey("a draft is taken back before anybody opens it", async (visit) => {
  const { page, audit } = visit;
  const { person } = await filled(visit);
  const { link } = await handedOver(visit, person);
  await page.getByRole("button", { name: says.hand_over.back, exact: true }).click();
  await page.waitForURL("**/tasks");
  const other = await another(visit);
  await other.page.goto(link);
  await other.page.getByRole("button", { name: says.open_draft.go, exact: true }).click();
  await other.page.getByText("đã được máy gửi lấy lại").waitFor();
  await audit("open taken back", other.page);
  await other.close();
}, { seconds: 300 });
