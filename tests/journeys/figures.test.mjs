// What is at the desk beside the work: an administrator makes officers from a pasted list, a supervisor sees the figures.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";

const COMMUNE = "UBND xã Hướng Lập";
const ONE_STOP = "0900000301";
const HEAD = "0900000302";
const ADMINISTRATOR = "0900000303";
const SUPERVISOR = "0900000304";

const made = officers([
  ["Lê Thị Hiền", ONE_STOP, COMMUNE, "one-stop"],
  ["Phan Văn Trưởng", HEAD, COMMUNE, "desk-head"],
  ["Cao Thị Quản", ADMINISTRATOR, COMMUNE, "administrator"],
  ["Đinh Văn Giám", SUPERVISOR, COMMUNE, "supervisor"],
]);
serveWith({ data: made.data });

const at = (visit, phone, home) => officer(visit, { phone, link: made.links[phone], home });
const places = (page) => page.getByRole("navigation", { name: "Các trang" }).getByRole("link").allInnerTexts();

/** Rows as a spreadsheet puts them into the clipboard; the second has too short a telephone number. */
const PASTED = [
  ["Họ và tên", "Số CCCD", "Điện thoại", "Đơn vị", "Vai trò"],
  ["Hồ Thị Mới", "000200000001", "0900000311", COMMUNE, "Công chức một cửa, Văn phòng – văn thư"],
  ["Nguyễn Văn Sai", "000200000002", "12", COMMUNE, "one-stop"],
  ["Trần Thị Nhận", "000200000003", "0900000313", COMMUNE, ""],
].map((row) => row.join("\t")).join("\r\n");

/** Figures of a month in which three units returned dossiers, the one above many. */
const BUSY = (() => {
  const row = (agency, procedure, on_time, late) => ({
    agency, procedure, carried_over: 2, received: on_time + late, on_time, late, unsolved: 0, in_process: 2, overdue: 1, supplement: 0,
  });
  const rows = [row("UBND tỉnh Quảng Trị", "Đăng ký khai thác nước dưới đất", 1204, 0), row(COMMUNE, "Hỗ trợ chi phí mai táng", 7, 5), row("UBND xã Triệu Phong", "Chuyển trường", 11, 1)];
  return { rows, total: { ...row("", "", 1222, 6), carried_over: 6, in_process: 6, overdue: 3 } };
})();

/** Pastes the list, sees what came of it, and opens a link somewhere else. */
async function add(visit) {
  const { page, audit, context } = visit;
  await page.getByText("Thêm theo danh sách").click();
  await page.getByRole("button", { name: "Thêm", exact: true }).click();
  await page.getByText(/Hãy chọn tệp hoặc dán danh sách/).waitFor();
  await audit("nothing pasted");
  await page.getByLabel("Hoặc dán các dòng chép từ bảng tính").fill(PASTED);
  await page.getByRole("button", { name: "Thêm", exact: true }).click();
  const came = page.getByRole("region", { name: "Kết quả thêm cán bộ" });
  await came.getByText("Dòng 3, Nguyễn Văn Sai").waitFor();
  const links = came.getByRole("textbox", { name: /^Đường dẫn của / });
  assert.equal(await links.count(), 2, "two officers were made");
  assert.equal(await came.getByRole("listitem").filter({ hasText: /^Dòng / }).count(), 1, "one row was not taken");
  const left = await page.getByLabel("Hoặc dán các dòng chép từ bảng tính").inputValue();
  assert.ok(left.includes("Nguyễn Văn Sai") && !left.includes("Hồ Thị Mới"), "only the bad row is still there to be mended");
  await page.locator(".people").getByText("Hồ Thị Mới").waitFor();
  await audit("added");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await came.getByRole("button", { name: /^Sao chép: / }).first().click();
  await came.getByText("Đã sao chép").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, await links.first().inputValue());
  const other = await context.browser().newContext();
  try {
    const theirs = await other.newPage();
    await theirs.goto(link);
    await theirs.getByText("Hồ Thị Mới").waitFor();
  } finally {
    await other.close();
  }
}

journey("an administrator makes officers, gives a link anew and locks an account", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = at(visit, ADMINISTRATOR, "Cán bộ");
  await desk.firstSignIn();
  assert.deepEqual(await places(page), ["Cán bộ", "Vắng mặt"]);
  await page.locator(".people").getByText("Phan Văn Trưởng").waitFor();
  await audit("officers");
  await add(visit);

  const row = page.locator(".people tbody tr").filter({ hasText: "Trần Thị Nhận" });
  await row.getByRole("button", { name: /^Cấp lại đường dẫn/ }).click();
  await row.getByText(/hết hiệu lực ngay/).waitFor();
  await audit("link asked");
  await row.getByRole("button", { name: "Đồng ý cấp lại đường dẫn" }).click();
  assert.match(await row.getByRole("textbox", { name: "Đường dẫn của Trần Thị Nhận" }).inputValue(), /\/officer\/first#[0-9a-f]{64}$/);
  await audit("link given");
  await row.getByRole("button", { name: /^Khóa/ }).click();
  await row.getByRole("button", { name: "Đồng ý khóa" }).click();
  await row.getByText("Đã khóa").waitFor();
  await row.getByRole("button", { name: /^Mở khóa/ }).click();
  await row.getByRole("button", { name: "Đồng ý mở khóa" }).click();
  await row.getByText("Đang dùng").waitFor();
  await page.getByLabel(/^Tìm theo tên/).fill("trưởng");
  await page.getByText("1 trong 6 cán bộ").waitFor();
}, { desk: true, seconds: 200 });

journey("a citizen sends a dossier and the desk receives it", async (visit) => {
  const { page } = visit;
  visit.allow(/401/);
  const funeral = dossiers["help with a funeral"];
  const sender = citizen(visit);
  await sender.begin(funeral.procedure);
  await sender.agency(funeral.agency);
  await sender.guided(funeral.case);
  await sender.onward();
  await sender.fillAll(funeral.forms);
  await sender.send();
  const desk = at(visit, ONE_STOP);
  await desk.firstSignIn();
  assert.deepEqual(await places(page), ["Việc của tôi", "Nhập tại quầy", "Bưu điện", "Vắng mặt"]);
  await page.locator(".queue a").first().click();
  await desk.settled();
  await desk.act("Tiếp nhận hồ sơ", /Đã tiếp nhận hồ sơ/, async () => {});
}, { seconds: 300 });

journey("a supervisor sees the figures and takes them along", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = at(visit, SUPERVISOR, "Số liệu");
  await desk.firstSignIn();
  assert.equal(new URL(page.url()).pathname, "/officer", "whoever has no queue begins at what they may see");
  const row = page.getByRole("table", { name: "Số liệu theo đơn vị và thủ tục" }).locator("tbody tr").filter({ hasText: COMMUNE });
  assert.equal(await row.count(), 1);
  assert.ok((await row.innerText()).includes("1"), "what was received is counted");
  const done = page.getByRole("table", { name: "Theo cán bộ" }).locator("tbody tr").filter({ hasText: COMMUNE });
  await done.waitFor();
  assert.match(await done.innerText(), /1\s/, "the officer's turn is counted");
  await audit("figures");
  const [download] = await Promise.all([page.waitForEvent("download"), desk.button("Tải CSV").first().click()]);
  assert.match(download.suggestedFilename(), /^so-lieu-\d{4}-\d\d-01-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
  assert.match(lines[0], /Đơn vị,Thủ tục/);
  assert.match(lines.at(-1), /^Tổng cộng/);
  const [book] = await Promise.all([page.waitForEvent("download"), desk.button("Tải XLSX").first().click()]);
  assert.ok(readFileSync(await book.path()).subarray(0, 2).equals(Buffer.from("PK")));

  await page.getByRole("link", { name: "Hôm nay" }).click();
  await page.waitForURL(/\/officer\/figures\?from=(.*)&until=\1$/);
  await desk.settled();
  await page.getByLabel("Từ ngày").fill("2026-02-02");
  await page.getByLabel("Đến hết ngày").fill("2026-02-01");
  await desk.button("Xem").click();
  await page.getByText("Ngày cuối phải bằng hoặc sau ngày đầu.").waitFor();
  await audit("days the wrong way round");
  await page.getByLabel("Đến hết ngày").fill("2026-02-03");
  await desk.button("Xem").click();
  await page.waitForURL("**/officer/figures?from=2026-02-02&until=2026-02-03");
  await page.getByText("Trong kỳ này không có hồ sơ nào.").waitFor();
  await audit("nothing in the period");
}, { desk: true, seconds: 200 });

journey("the head of a desk sees the figures on a phone, and is told that officers are not theirs", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|404/);
  const desk = at(visit, HEAD);
  await desk.firstSignIn();
  assert.deepEqual(await places(page), ["Việc của tôi", "Phản ánh", "Số liệu", "Thu phí", "Vắng mặt"]);
  await page.getByRole("link", { name: "Số liệu" }).click();
  await page.locator(".figures").first().waitFor();
  await audit("figures");
  // A share takes dossiers that ended, which takes weeks.
  await page.route("**/api/v1/desk/figures?**", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), ...BUSY } });
  });
  await page.getByRole("link", { name: "Tuần này" }).click();
  const shares = page.getByRole("region", { name: "Trả đúng hạn" }).getByRole("listitem");
  await shares.first().waitFor();
  assert.deepEqual(await shares.locator("span").allInnerTexts(), ["58%, 7 trong 12 hồ sơ", "91%, 11 trong 12 hồ sơ", "100%, 1.204 trong 1.204 hồ sơ"]);
  await audit("shares");
  await page.setViewportSize({ width: 1280, height: 800 });
  await visit.shot("shares on a desk");
  await page.goto("/officer/officers");
  await page.getByText("Vai trò của bạn không quản lý cán bộ.").waitFor();
  await audit("not theirs");
});

journey("an administrator on a phone", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = at(visit, ADMINISTRATOR, "Cán bộ");
  await page.goto("/officer");
  await desk.signIn();
  await page.locator(".people").waitFor();
  await audit("officers");
  await page.getByText("Thêm theo danh sách").click();
  await page.getByLabel("Hoặc dán các dòng chép từ bảng tính").fill(PASTED.replaceAll("09000003", "09000004"));
  await page.getByRole("button", { name: "Thêm", exact: true }).click();
  await page.getByText("Đã thêm 2 người").first().waitFor();
  await audit("added");
});
