// Public posting: an officer chooses, looks and publishes; anybody sees the list on a telephone and objects to a line of it;
// the officer re-checks. That the list is gone afterwards is tested where the clock can be moved: crates/api/tests/api/postings.rs.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { pause } from "../server.mjs";
import { words } from "../words.mjs";

const says = words().posting;
const COMMUNE = "UBND xã Hướng Phùng";
const SPECIALIST = "0900000401";
const poor = dossiers["becoming a poor household"];
const NAMES = ["Hồ Văn Thoong", "Hồ Thị Ánh", "Hồ Đức", "Hồ Thị Dung", "Hồ Văn An"];
/** As Vietnamese lists are read: by given name, Đ after D, Á after A. */
const SORTED = ["Hồ Văn An", "Hồ Thị Ánh", "Hồ Thị Dung", "Hồ Đức", "Hồ Văn Thoong"];

const made = officers([["Hồ Thị Chuyên", SPECIALIST, COMMUNE, "one-stop,specialist"]]);
serveWith({ data: made.data });

const at = (visit) => officer(visit, { phone: SPECIALIST, link: made.links[SPECIALIST] });

/** Sends the household's request as the site does, for somebody of this name. */
async function send(request, name) {
  const catalogue = await (await request.get("/api/v1/catalogue")).json();
  const print = (all, id) => all.find((one) => one.id === id).fingerprint;
  const forms = Object.entries(poor.forms).map(([form, answers]) => ({
    form,
    fingerprint: print(catalogue.forms, form),
    answers: Object.fromEntries(
      Object.entries(answers).filter(([, text]) => text).map(([place, text]) => [place, /(^|tv\.0\.tv_)ho_ten$/.test(place) && form !== "nguoi-nop" ? name : text]),
    ),
  }));
  forms.reverse();
  const body = {
    procedure: poor.procedure,
    fingerprint: print(catalogue.procedures, poor.procedure),
    agency: catalogue.agencies.find((one) => one.name === COMMUNE).code,
    case: poor.case,
    forms,
    papers: [],
  };
  const answer = await request.post("/api/v1/dossiers", { data: body, headers: { "Idempotency-Key": randomUUID() } });
  assert.equal(answer.status(), 201, await answer.text());
}

/** A meeting of the village that agrees with the scores of all these dossiers: what the people agree to is posted. */
async function meet(request, dossiers) {
  const begun = Date.now();
  await pause(1500);
  const data = {
    village: "thôn Chênh Vênh", place: "Nhà văn hóa thôn", area: "rural", begun_at: begun, ended_at: begun + 1000,
    chair: "Trần Văn Chủ", secretary: "Lê Thị Thư", representatives: ["Hồ Văn Mười"], invited: 30, present: [], on_paper: 30, note: "",
    households: dossiers.map((dossier) => ({ dossier, score_a: 120, score_b: 30, agree: 30, against: 0, no_opinion: 0, note: "" })),
  };
  const answer = await request.post("/api/v1/desk/meetings", { data, headers: { "X-Req": "1", "Idempotency-Key": randomUUID() } });
  assert.equal(answer.status(), 200, await answer.text());
}

/** Receives everything that waits, and meets about it. */
async function receive(request) {
  const { rows } = await (await request.get("/api/v1/desk/dossiers")).json();
  for (const row of rows) {
    const headers = { "X-Req": "1", "Idempotency-Key": randomUUID() };
    const answer = await request.post(`/api/v1/desk/dossiers/${row.id}/acts`, { data: { version: 1, act: { name: "receive" } }, headers });
    assert.equal(answer.status(), 200, await answer.text());
  }
  await meet(request, rows.map((row) => row.id));
}

let address;

journey("an officer posts what is ready, having seen what the public will see", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|status of 422/);
  for (const name of NAMES) await send(page.request, name);
  const desk = at(visit);
  await desk.firstSignIn();
  const bar = page.getByRole("navigation", { name: "Các trang" });
  await bar.getByRole("link", { name: "Niêm yết" }).click();
  await page.getByText(/Không có hồ sơ nào đang chờ niêm yết/).waitFor();
  await audit("nothing to post");
  await receive(page.request);

  // The dossier says that it has to be posted before it goes on.
  await desk.open(NAMES[0]);
  await page.getByText("Cần niêm yết công khai 3 ngày làm việc trước khi chuyển bước.").waitFor();
  assert.equal(await desk.button("Xong, chuyển bước tiếp theo").count(), 0);
  await audit("to be posted");
  await page.getByRole("link", { name: "Đến trang Niêm yết" }).click();
  await desk.settled();

  // What there is only one of is chosen already; nothing chosen is said.
  await desk.button("Xem trước (0)").click();
  await page.getByText("Hãy chọn ít nhất một hồ sơ để niêm yết.").waitFor();
  await audit("nothing chosen");
  await desk.button("Chọn tất cả, bỏ chọn tất cả").click();
  await page.getByLabel(NAMES[0]).uncheck();
  await desk.button("Xem trước (4)").click();
  const preview = page.getByRole("region", { name: "Người dân sẽ thấy đúng như sau" });
  await preview.waitFor();
  assert.ok(!(await preview.innerText()).includes("Chênh Vênh"), "four are too few to tell their village");
  await preview.getByRole("button", { name: "Chọn lại" }).click();
  await page.getByLabel(NAMES[0]).check();
  await desk.button("Xem trước (5)").click();
  await preview.waitFor();
  const column = (place) => preview.locator(`.queue tbody td:nth-child(${place})`).allInnerTexts();
  assert.deepEqual(await column(2), SORTED);
  assert.deepEqual([...new Set(await column(3))], ["thôn Chênh Vênh, xã Hướng Phùng"]);
  await preview.getByText(/Bộ luật Dân sự 2015/).waitFor();
  await audit("preview");
  await preview.getByRole("button", { name: "Đăng danh sách" }).click();
  await page.locator("#said").getByText(/Đã đăng danh sách/).waitFor();
  await page.getByRole("heading", { level: 2, name: "Đang niêm yết" }).waitFor();
  address = await page.locator("#said").getByRole("link", { name: "Xem trang công khai" }).getAttribute("href");
  await audit("posted");
  const pdf = await page.request.get(`${address}.pdf`);
  assert.equal(pdf.headers()["cache-control"], "no-store");
  assert.ok((await pdf.body()).subarray(0, 5).equals(Buffer.from("%PDF-")));

  await desk.open(NAMES[0]);
  await page.getByText(/Đang niêm yết công khai đến hết/).waitFor();
  assert.equal(await desk.button("Xong, chuyển bước tiếp theo").count(), 0, "it cannot go on yet");
}, { desk: true, seconds: 240 });

for (const [where, device] of [["a phone", {}], ["a desk", { desk: true }]]) {
  journey(`anybody finds the list on ${where} and objects to a line`, async (visit) => {
    const { page, audit } = visit;
    // A page with mistakes is answered with 422, a list that is not there with 404: the browser prints both.
    visit.allow(/status of (422|404)/);
    // Somebody who has the site on their telephone: its service worker must leave these pages alone.
    await page.goto("/");
    await page.evaluate(() => navigator.serviceWorker?.ready.then(() => true));
    await page.goto("/niem-yet");
    await page.getByLabel(says.commune).selectOption(COMMUNE);
    await audit("choosing a commune");
    await page.getByRole("button", { name: says.show }).click();
    await page.getByRole("link", { name: /Công nhận hộ nghèo/ }).click();
    assert.equal(new URL(page.url()).pathname, address);
    const lines = await page.locator("ol.list > li b").allInnerTexts();
    assert.deepEqual(lines, SORTED.map((name, place) => `${place + 1}. ${name}`));
    await audit("the list");
    await page.getByRole("link", { name: `${says.object} Hồ Đức` }).click();
    await page.getByLabel(says.says).fill("Nhà có xe tải.");
    await page.getByLabel(says.contact).fill("nhà bên");
    await page.getByRole("button", { name: says.send }).click();
    await page.getByRole("alert").getByRole("link", { name: says.name_missing }).waitFor();
    assert.equal(await page.getByLabel(says.says).inputValue(), "Nhà có xe tải.");
    await audit("an objection with mistakes");
    await page.getByLabel(says.name, { exact: true }).fill("Hoàng Văn Sim");
    await page.getByLabel(says.contact).fill("0900 000 321");
    await page.getByRole("button", { name: says.send }).click();
    await page.getByRole("heading", { name: says.taken }).waitFor();
    await audit("taken");
    await page.goto(`/niem-yet/${"0".repeat(32)}`);
    await page.getByRole("heading", { name: "Không có danh sách này" }).waitFor();
    await audit("no such list");
    const kept = await page.evaluate(async () => {
      const found = [];
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) found.push(request.url);
      }
      return found;
    });
    assert.ok(kept.every((url) => !url.includes("niem-yet")), "nothing of it is kept");
  }, { ...device, seconds: 180 });
}

journey("the officer finds the objection first and re-checks it", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = at(visit);
  await desk.sitDown();
  const first = page.locator(".queue tbody tr").first();
  await first.getByText("Có phản ánh").waitFor();
  assert.ok((await first.innerText()).includes("Hồ Đức"));
  await audit("queue");
  await desk.open("Hồ Đức");
  await page.getByText("Có 2 phản ánh chờ kiểm tra lại", { exact: false }).waitFor();
  await page.getByText("0900 000 321", { exact: false }).first().waitFor();
  await audit("objections");
  await desk.act("Kết luận về phản ánh", /Đã ghi kết luận về phản ánh/, async () => {
    await audit("re-check");
    await page.getByLabel("Kết luận", { exact: true }).selectOption({ label: "Giữ nguyên, niêm yết lại" });
    await page.getByLabel("Lý do").fill("Xe của người em, đã xác minh tại thôn.");
  });
  await page.getByText(/Đã kiểm tra lại, giữ nguyên. Danh sách cũ còn treo đến hết/).waitFor();
  await audit("re-checked");
}, { desk: true, seconds: 180 });
