// A dossier that came on paper: an officer enters it on the citizens' pages, gives the code to the citizen, receives it at
// once, and the machine forgets. The citizen follows it from a phone.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { file, pdf } from "../paper.mjs";
import { example, words } from "../words.mjs";

const says = words();
const COMMUNE = "UBND xã Hướng Lập";
const ONE_STOP = "0900000201";
const COLLEAGUE = "0900000202";
const SPECIALIST = "0900000203";
const made = officers([
  ["Lê Thị Hiền", ONE_STOP, COMMUNE, "one-stop"],
  ["Võ Thị Hai", COLLEAGUE, COMMUNE, "one-stop"],
  ["Hồ Thị Chuyên", SPECIALIST, COMMUNE, "specialist"],
]);
serveWith({ data: made.data });

const at = (visit, phone) => officer(visit, { phone, link: made.links[phone] });
const funeral = dossiers["help with a funeral"];
const forms = { ...funeral.forms, "nguoi-nop": example("nguoi-nop", "ok-nop-ho-buu-dien") };
const filer = forms["nguoi-nop"].ho_ten;

/** Everything this browser keeps, in any database, cache or storage of the site, as one text; and what this tab keeps. */
async function kept({ page, context }) {
  const aside = await context.newPage();
  await aside.goto("/api/v1/health");
  const found = await aside.evaluate(listed);
  await aside.close();
  return found + (await page.evaluate(() => `${JSON.stringify({ ...sessionStorage })}\nwindow ${window.name}`));
}

/** Runs in a page that loads nothing of the site. */
async function listed() {
  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([asked(objects.getAllKeys()), asked(objects.getAll())]);
      for (const [place, value] of values.entries()) {
        const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : value instanceof Blob ? await value.text() : JSON.stringify(value);
        found.push(`${name} ${store} ${keys[place]} ${text}`);
      }
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) found.push(`cache ${request.url}`);
  }
  return [...found, JSON.stringify({ ...localStorage }), ""].join("\n");
}

/** From the officers' site to the citizens' pages. */
async function begin(visit, desk, way) {
  const { page } = visit;
  await page.getByRole("link", { name: "Nhập tại quầy", exact: true }).click();
  await desk.heading("Nhập hồ sơ tại quầy").waitFor();
  await desk.button(way).click();
  await page.locator("aside.counter").getByText(`Nhập tại quầy: ${way.includes("trực tiếp") ? "Trực tiếp" : "Qua bưu chính"}`).waitFor();
  await desk.settled();
}

/** Signs in with the form that is shown, and goes on where the dossier was left. */
async function goOn(page, desk) {
  await desk.heading("Đăng nhập").waitFor();
  await desk.signIn();
  await desk.button("Nhập tiếp").click();
  await page.locator("aside.counter").waitFor();
  await desk.settled();
}

let code = "";
let person = "";

journey("an officer enters a dossier in person, gives the code away and receives it at once; the machine forgets", async (visit) => {
  const { page, context, audit } = visit;
  visit.allow(/401|favicon/);
  await page.addInitScript(() => (window.print = () => (window.printed = (window.printed ?? 0) + 1)));
  const desk = at(visit, ONE_STOP);
  await desk.sitDown();
  await page.getByRole("link", { name: "Nhập tại quầy", exact: true }).click();
  await desk.heading("Nhập hồ sơ tại quầy").waitFor();
  await audit("counter");
  await begin(visit, desk, "Người dân nộp trực tiếp");

  const typist = citizen(visit);
  await typist.begin(funeral.procedure);
  await audit("agency at the counter");
  await typist.agency(funeral.agency);
  await typist.guided(funeral.case);
  await typist.onward();
  await typist.onward();
  const step = typist.path();
  assert.match(step, /\/forms\//);

  // The session ends while something is typed. It is kept, nobody reads it, and it goes on after signing in again.
  const [, form] = step.match(/\/forms\/([^/]+)\//);
  await typist.answer(forms[form]);
  await typist.settled();
  const typed = await page.locator("main input:visible").first().inputValue();
  await context.clearCookies();
  await page.reload();
  await goOn(page, desk);
  assert.equal(typist.path(), step);
  assert.equal(await page.locator("main input:visible").first().inputValue(), typed);

  await typist.fillAll(forms);
  await page.getByRole("button", { name: says.check.send, exact: true }).waitFor();
  await audit("look-over at the counter");

  // Not even the very last press loses anything when the session is over.
  await context.clearCookies();
  await page.getByRole("button", { name: says.check.send, exact: true }).click();
  await goOn(page, desk);
  code = await typist.receipt();
  await audit("code at the counter");
  const receive = page.getByRole("button", { name: "Tiếp nhận ngay", exact: true });
  await receive.click();
  await page.getByText(/Hãy in phiếu, trao mã/).waitFor();
  await audit("code not given yet");
  await page.getByRole("button", { name: "In phiếu mã tra cứu", exact: true }).click();
  assert.equal(await page.evaluate(() => window.printed), 1);
  await page.emulateMedia({ media: "print" });
  await visit.shot("slip");
  assert.ok(await page.locator(".code").isVisible());
  assert.ok(await page.getByRole("img", { name: /QR/ }).isVisible());
  for (const hidden of [page.locator("aside.counter"), receive]) assert.ok(!(await hidden.isVisible()), "no paper has it");
  await page.emulateMedia({ media: "screen" });

  assert.match(await kept(visit), new RegExp(code), "until it is given away the code is here");
  await page.getByLabel("Người nộp đã cầm phiếu có mã tra cứu").check();
  await receive.click();
  await page.waitForURL("**/officer/dossiers/*");
  await desk.settled();
  person = (await page.locator(".dossier-head h1").innerText()).trim();
  const head = page.locator(".dossier-head");
  await head.getByText(`Người nộp: ${filer} (Trưởng thôn)`).waitFor();
  await head.getByText(`Chủ hồ sơ: ${person}`).waitFor();
  await head.getByText("Hình thức nộp: Trực tiếp, nhập tại quầy bởi Lê Thị Hiền").waitFor();
  await page.getByText("Nhập tại quầy, người dân nộp trực tiếp").waitFor();
  await audit("dossier entered");

  const left = await kept(visit);
  for (const gone of [code, code.replaceAll("-", ""), filer, person, "drafts/", "quet.pdf"]) assert.ok(!left.includes(gone), `${gone} is still here:\n${left}`);
  assert.match(left, /window $/m, "the tab is a citizen's again");
  assert.ok(!left.includes("/api/"), "no answer of the API lies in a cache");
  assert.ok(!(await page.content()).includes(code), "the officer sees no code");

  await desk.act("Tiếp nhận hồ sơ", /Đã tiếp nhận hồ sơ/, async () => {});
  const [slip] = await Promise.all([page.waitForEvent("download", { timeout: 90_000 }), page.getByRole("button", { name: /Giấy tiếp nhận và hẹn trả/ }).click()]);
  assert.equal(slip.suggestedFilename(), "giay-tiep-nhan.pdf");
  // "Back" leads to no code.
  await page.goBack();
  await page.goBack();
  await desk.settled();
  assert.ok(!(await page.content()).includes(code));
}, { desk: true, seconds: 300 });

journey("the citizen follows it by the code on a phone", async (visit) => {
  const { page } = visit;
  const person = citizen(visit);
  await page.goto("/");
  await person.settled();
  assert.equal(await person.track(code), says.state.received);
  await page.getByText(says.track.was_entered).waitFor();
  await page.getByText(says.track.was_received).first().waitFor();
  const told = await page.locator("main").innerText();
  for (const hidden of ["Hiền", filer]) assert.ok(!told.includes(hidden), "a code alone names nobody");
});

journey("what one officer has left open is shown to nobody else at this machine, and it goes on later; on a small screen too", async (visit) => {
  const { page, context, audit } = visit;
  visit.allow(/401|404/);
  let desk = at(visit, ONE_STOP);
  await desk.sitDown();
  await begin(visit, desk, "Hồ sơ gửi qua bưu chính");
  await audit("home at the counter");
  const typist = citizen(visit);
  await typist.begin(funeral.procedure);
  await typist.agency(funeral.agency);
  await typist.guided(funeral.case);
  await typist.onward();
  await typist.onward();
  const step = typist.path();
  const [, form] = step.match(/\/forms\/([^/]+)\//);
  await typist.answer(forms[form]);
  await typist.settled();

  // A citizen's tab in the same browser.
  const other = await context.newPage();
  await other.goto("/");
  await other.locator("#first").waitFor({ state: "detached" });
  await other.getByRole("heading", { level: 1, name: says.home.title }).waitFor();
  assert.equal(await other.getByText(says.home.go_on, { exact: true }).count(), 0, "a citizen sees no draft of the desk");
  assert.equal(await other.locator("aside.counter, main .warning").count(), 0, "nor is told that one was lost");
  await other.goto(step);
  await other.getByRole("heading", { level: 1, name: says.apply.gone_title }).waitFor();
  await other.close();

  // The officer signs out in the middle; the next one comes to the same tab.
  await page.getByRole("link", { name: "Về trang cán bộ" }).click();
  await desk.heading("Nhập hồ sơ tại quầy").waitFor();
  await audit("counter under way");
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await desk.heading("Đăng nhập").waitFor();
  desk = at(visit, COLLEAGUE);
  await desk.sitDown();
  await begin(visit, desk, "Người dân nộp trực tiếp");
  assert.equal(await page.getByText(says.home.go_on, { exact: true }).count(), 0, "a colleague sees no draft of another");
  await page.goto(step);
  await page.getByRole("heading", { level: 1, name: says.apply.gone_title }).waitFor();

  // The first one signs in while the colleague's tab stays open: it locks, and what is typed there is not sent as theirs.
  const second = await context.newPage();
  const first = at({ page: second }, ONE_STOP);
  await first.sitDown();
  await page.reload();
  await desk.heading("Nhập hồ sơ tại quầy").waitFor();
  assert.equal(await page.getByText("Nhập tiếp").count(), 0);
  await second.close();

  desk = at(visit, ONE_STOP);
  await begin(visit, desk, "Hồ sơ gửi qua bưu chính");
  await page.getByRole("link", { name: new RegExp(says.home.go_on_link) }).first().click();
  await typist.settled();
  await typist.fillAll(forms, { all: false });
  await typist.send();
  await audit("code for the post");
  const given = page.getByLabel("Phiếu có mã tra cứu đã để vào thư gửi cho người nộp");
  await given.check();
  await page.getByRole("button", { name: "Xong, nhập hồ sơ khác", exact: true }).click();
  await desk.heading("Nhập hồ sơ tại quầy").waitFor();
  await page.getByRole("link", { name: "Việc của tôi" }).click();
  await desk.settled();
  await page.locator(".queue").getByText(/^Qua bưu chính/).waitFor();
  await audit("queue with a dossier by post");
}, { seconds: 300 });

journey("who sits idle is locked out, and a role without the desk has no such page", async (visit) => {
  const { page, audit, context } = visit;
  visit.allow(/401|404/);
  const desk = at(visit, ONE_STOP);
  await desk.sitDown();
  await page.clock.install();
  await begin(visit, desk, "Người dân nộp trực tiếp");
  await page.clock.fastForward("00:10:00");
  assert.ok(await page.locator("#app").isVisible(), "ten minutes are not too long to think");
  await context.clearCookies();
  await page.clock.fastForward("01:00:00");
  await desk.heading("Phiên làm việc đã hết").waitFor();
  assert.ok(!(await page.locator("#app").isVisible()), "nobody reads on");
  await audit("counter locked");
  const specialist = at(visit, SPECIALIST);
  await specialist.sitDown();
  assert.equal(await page.getByRole("link", { name: "Nhập tại quầy", exact: true }).count(), 0);
}, { desk: true, seconds: 200 });
