// Many dossiers, and somebody away: a colleague acts in their place, finds a dossier by name, and does many at once.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";

const COMMUNE = "UBND xã Hướng Lập";
const AWAY = "0900000501";
const DELEGATE = "0900000502";
const HEAD = "0900000503";
const ADMINISTRATOR = "0900000504";

const made = officers([
  ["Lê Thị Hiền", AWAY, COMMUNE, "one-stop"],
  ["Hồ Thị Chuyên", DELEGATE, COMMUNE, "specialist"],
  ["Phan Văn Trưởng", HEAD, COMMUNE, "desk-head"],
  ["Cao Thị Quản", ADMINISTRATOR, COMMUNE, "administrator"],
]);
serveWith({ data: made.data });

const at = (visit, phone, home) => officer(visit, { phone, link: made.links[phone], home });
const funeral = dossiers["help with a funeral"];

async function send(visit) {
  const sender = citizen(visit);
  await sender.begin(funeral.procedure);
  await sender.agency(funeral.agency);
  await sender.guided(funeral.case);
  await sender.onward();
  await sender.fillAll(funeral.forms);
  await sender.send();
}

/** A day so many days from today in Việt Nam, as a field of dates has it. */
const day = (ahead) => new Date(Date.now() + 7 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);

journey("one citizen sends a dossier", send, { seconds: 200 });
journey("another citizen sends a dossier", send, { seconds: 200 });

journey("an officer says that they are away", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|422/);
  const desk = at(visit, AWAY);
  await desk.firstSignIn();
  await page.getByRole("link", { name: "Vắng mặt" }).click();
  await desk.heading("Vắng mặt").waitFor();
  await desk.settled();
  await page.getByText("Chưa có ai vắng mặt.").waitFor();
  await audit("nobody is away");
  await desk.button("Ghi nhận").click();
  await page.getByText("Hãy chọn người làm thay.").waitFor();
  await audit("no delegate");
  await page.getByLabel("Người làm thay").selectOption({ label: "Hồ Thị Chuyên" });
  await page.getByLabel("Từ ngày").fill(day(0));
  await page.getByLabel("Đến hết ngày").fill(day(-1));
  await desk.button("Ghi nhận").click();
  await page.getByText(/đến ngày không được trước từ ngày/).waitFor();
  await audit("days the wrong way round");
  await page.getByLabel("Đến hết ngày").fill(day(3));
  await desk.button("Ghi nhận").click();
  const row = page.locator(".absences li");
  await row.getByText("Hồ Thị Chuyên thay Lê Thị Hiền").waitFor();
  await row.getByText("Đang làm thay").waitFor();
  await audit("away");
});

journey("their delegate finds a dossier by name, and receives both at once in their place", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|409/);
  const desk = at(visit, DELEGATE);
  await desk.firstSignIn();
  const rows = page.locator(".queue tbody tr");
  assert.equal(await rows.count(), 2);
  assert.equal(await page.getByText("thay Lê Thị Hiền").count(), 2);
  await audit("the queue with work of somebody away");

  const person = await page.locator(".queue a").first().innerText();
  const plain = person.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();
  await page.getByLabel("Tìm theo tên hoặc số hồ sơ").fill(plain.split(" ").reverse().join(" "));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/officer\?q=/);
  await desk.settled();
  assert.equal(await rows.count(), 2);
  await audit("found");
  await page.getByLabel("Tìm theo tên hoặc số hồ sơ").fill("khong co ai");
  await desk.button("Tìm").click();
  await page.getByText(/Không có hồ sơ nào khớp/).waitFor();
  await audit("nothing found");
  await page.getByRole("link", { name: "Danh sách việc" }).click();
  await desk.settled();

  await page.getByRole("checkbox", { name: "Chọn tất cả" }).focus();
  await page.keyboard.press("Space");
  await page.getByText("Đã chọn 2 hồ sơ").waitFor();
  await audit("chosen");
  await desk.button("Tiếp nhận").click();
  await page.getByText("Đã tiếp nhận: 2 hồ sơ.").first().waitFor();
  await desk.settled();
  await audit("received");

  // Each row says for itself why it could not be done.
  await page.getByRole("checkbox", { name: "Chọn tất cả" }).check();
  await desk.button("Tiếp nhận").click();
  await page.getByText(/Chưa làm được: 2 hồ sơ/).first().waitFor();
  await desk.settled();
  assert.equal(await page.getByText("Không làm được việc này ở bước hiện tại").count(), 2);
  await audit("refused row by row");
  await page.getByRole("checkbox", { name: "Chọn tất cả" }).check();
  await desk.button("Nhận việc").click();
  await page.getByText("Đã nhận: 2 hồ sơ.").first().waitFor();

  await page.locator(".queue a").first().click();
  await desk.settled();
  await page.getByText("Hồ Thị Chuyên thay Lê Thị Hiền").first().waitFor();
  await audit("the history says in whose place");
}, { desk: true, seconds: 200 });

journey("the head ends it on a phone, and looks for what is stuck", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = at(visit, HEAD);
  await desk.firstSignIn();
  await page.getByRole("link", { name: /^Kẹt/ }).click();
  await desk.settled();
  await audit("nothing is stuck");
  await page.goto("/officer/absences");
  await desk.settled();
  await desk.button("Kết thúc: Lê Thị Hiền").click();
  await page.getByText(/Người làm thay không làm tiếp được/).waitFor();
  await audit("really");
  await desk.button("Đồng ý kết thúc").click();
  await page.getByText("Chưa có ai vắng mặt.").waitFor();
});

journey("an administrator takes officers from a workbook", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = at(visit, ADMINISTRATOR, "Cán bộ");
  await desk.firstSignIn();
  await page.getByText("Thêm theo danh sách").click();
  await page.getByLabel("Chọn tệp Excel (.xlsx) hoặc CSV").setInputFiles(new URL("../sheets/can-bo.xlsx", import.meta.url).pathname);
  await page.getByText("900000321 đã sửa thành 0900000321", { exact: false }).waitFor();
  await audit("a workbook that was mended");
  await page.getByRole("button", { name: "Thêm", exact: true }).click();
  await page.getByText("Dòng 5, ", { exact: false }).waitFor();
  await page.getByText("Đã thêm 1 người").first().waitFor();
  await audit("a workbook that was taken");
}, { desk: true });

journey("the delegate has the queue on a phone", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = at(visit, DELEGATE);
  await page.goto("/officer");
  await desk.signIn();
  await page.getByRole("link", { name: /^Tôi đang giữ/ }).click();
  await page.locator(".queue a").first().waitFor();
  await page.getByRole("checkbox", { name: /^Chọn hồ sơ của/ }).first().check();
  await page.getByText("Đã chọn 1 hồ sơ").waitFor();
  await audit("chosen on a phone");
});
