// The office's page of fees: a bank's statement is brought and read row by row, what was paid twice is asked back by one officer and
// confirmed by another, and the sums are right.

import assert from "node:assert/strict";
import { dossiers } from "../dossiers.mjs";
import { begin, pay } from "../gateway.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { file } from "../paper.mjs";
import { sent } from "../sent.mjs";

const WARD = "UBND phường Đông Hà";
const CLERK = "0900000501";
const LEADER = "0900000502";
const ONE_STOP = "0900000503";

const made = officers([
  ["Trần Thị Văn Thư", CLERK, WARD, "clerk"],
  ["Nguyễn Văn Lãnh", LEADER, WARD, "leader"],
  ["Lê Thị Hiền", ONE_STOP, WARD, "one-stop"],
]);
serveWith({ data: made.data, paying: true });

const permit = dossiers["a permit to build a house"];
const at = (visit, phone) => officer(visit, { phone, link: made.links[phone] });
const table = (page) => page.getByRole("table", { name: "Thu phí" });
const row = (page, text) => table(page).locator("tbody tr").filter({ hasText: text });
const sum = (page, name) => page.locator(".sums > div").filter({ hasText: name }).locator("dd").innerText();
let statement;

journey("one officer brings the statement and asks that money go back", async (visit) => {
  const { page, audit, server } = visit;
  visit.allow(/401/);
  const twice = await sent(server.url, permit);
  for (const order of [await begin(server.url, twice, "vnpay"), await begin(server.url, twice, "momo")]) await pay(order);
  const transfer = await begin(server.url, await sent(server.url, permit), "vietqr");
  await begin(server.url, await sent(server.url, permit), "momo");

  const desk = at(visit, CLERK);
  await desk.firstSignIn();
  await page.getByRole("link", { name: "Thu phí" }).click();
  await desk.heading("Thu phí").waitFor();
  await table(page).waitFor();
  await desk.settled();
  assert.deepEqual([await sum(page, "Đã thu"), await sum(page, "Phải hoàn")], ["75.000 đồng", "75.000 đồng"]);
  assert.equal(await table(page).locator("tbody tr").count(), 4);
  await audit("list");

  await page.getByText("Đưa sao kê ngân hàng vào").click();
  await desk.button("Đọc sao kê").click();
  await page.getByText(/Hãy chọn tệp sao kê/).waitFor();
  await server.gateway.transfer(75_000, transfer.transfer.purpose);
  await server.gateway.transfer(99_000, "chuyen khoan nham");
  statement = Buffer.concat([await server.gateway.statement(), Buffer.from("hôm qua;FT9;;12.000;không rõ\n")]);
  const choose = () => page.getByLabel("Tệp sao kê").setInputFiles(file("sao-ke.csv", "text/csv", statement));
  await choose();
  await desk.button("Đọc sao kê").click();
  const came = page.getByRole("region", { name: "Kết quả đọc sao kê" });
  await came.getByText("3 dòng có tiền vào: 1 khớp, 1 không khớp, 1 không đọc được.").waitFor();
  await came.getByText("Không có mã MC… của lượt nộp nào").waitFor();
  await came.getByText("Dòng 5 của tệp").waitFor();
  await page.locator(".sums dd").filter({ hasText: "150.000 đồng" }).waitFor();
  await audit("statement read");
  await desk.button("Đọc sao kê").click();
  await came.getByText("1 khớp (1 khoản đã biết từ trước)").waitFor();
  assert.equal(await sum(page, "Đã thu"), "150.000 đồng", "the same file pays nothing again");

  await page.getByRole("navigation", { name: "Lọc khoản thu" }).getByRole("link", { name: /^Phải hoàn/ }).click();
  await page.waitForURL("**/officer/payments?**standing=to-refund");
  await row(page, "Ví MoMo").waitFor();
  assert.equal(await table(page).locator("tbody tr").count(), 1);
  await row(page, "Ví MoMo").getByRole("button", { name: /^Đề nghị hoàn 75\.000 đồng/ }).click();
  await page.getByText(/Tiền chưa đi: một cán bộ khác phải xác nhận/).waitFor();
  await audit("asking");
  await desk.button("Đồng ý đề nghị hoàn").click();
  await row(page, "Ví MoMo").getByText(/Trần Thị Văn Thư đề nghị hoàn 75\.000 đồng .* Chờ cán bộ khác xác nhận\./).waitFor();
  assert.equal(await row(page, "Ví MoMo").getByRole("button").count(), 0, "nobody confirms what they asked for");
  await audit("asked");
}, { desk: true, seconds: 200 });

journey("another officer confirms, and it goes once", async (visit) => {
  const { page, audit, server } = visit;
  visit.allow(/401|502/);
  const desk = at(visit, LEADER);
  await desk.firstSignIn();
  await page.goto("/officer/payments?standing=to-refund");
  await row(page, "Ví MoMo").waitFor();
  assert.equal(await page.getByText("Đưa sao kê ngân hàng vào").count(), 0, "a leader brings no statement");
  await server.gateway.fault("silent");
  await row(page, "Ví MoMo").getByRole("button", { name: /^Xác nhận hoàn/ }).click();
  await page.getByText(/thì tiền đi ngay về ví MoMo của người nộp/).waitFor();
  await audit("confirming");
  await desk.button("Đồng ý xác nhận hoàn").click();
  await page.getByText(/bấm nhiều lần cũng chỉ hoàn một lần/).waitFor();
  await audit("silent");
  await server.gateway.fault("none");
  await desk.button("Đồng ý xác nhận hoàn").click();
  await page.getByText("Không có khoản nào.").waitFor();
  assert.deepEqual([await sum(page, "Phải hoàn"), await sum(page, "Đã hoàn")], ["0 đồng", "75.000 đồng"]);
  await page.getByRole("link", { name: /^Đã hoàn/ }).click();
  await row(page, "Ví MoMo").getByText("Đã hoàn").waitFor();
  await audit("gone");
}, { desk: true, seconds: 200 });

journey("the page on a phone, and whose role does not see it", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|404/);
  const desk = at(visit, CLERK);
  await desk.sitDown();
  await page.goto("/officer/payments");
  await table(page).waitFor();
  await audit("list");
  await page.getByText("Đưa sao kê ngân hàng vào").click();
  await page.getByLabel("Tệp sao kê").setInputFiles(file("sao-ke.csv", "text/csv", statement));
  await desk.button("Đọc sao kê").click();
  await page.getByRole("region", { name: "Kết quả đọc sao kê" }).waitFor();
  await audit("statement read");
  const other = at(visit, ONE_STOP);
  await other.sitDown();
  assert.equal(await page.getByRole("link", { name: "Thu phí" }).count(), 0);
  await page.goto("/officer/payments");
  await page.getByText("Vai trò của bạn không xem các khoản thu.").waitFor();
  await audit("not theirs");
}, { seconds: 200 });
