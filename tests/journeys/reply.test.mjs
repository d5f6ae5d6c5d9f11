// A commune without a district above it decides itself; the result waits for the citizen at the code, behind the last digits
// of the telephone number.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { file, pdf } from "../paper.mjs";
import { pattern, words } from "../words.mjs";

const says = words();
const ISLANDER = "0900000221";
const ISLAND = "UBND đặc khu Cồn Cỏ";
const made = officers([["Lê Thị Đảo", ISLANDER, ISLAND, "one-stop,specialist,department-head,leader,clerk"]]);
serveWith({ data: made.data });

const funeral = dossiers["help with a funeral"];
const digits = funeral.forms["nguoi-nop"].dien_thoai.replace(/\D/g, "").slice(-4);
const decision = pdf("Quyết định");
let code = "";

journey("a dossier is sent to an island", async (visit) => {
  const sender = citizen(visit);
  await sender.begin(funeral.procedure);
  await sender.agency(ISLAND);
  await sender.guided(funeral.case);
  await sender.onward();
  await sender.fillAll(funeral.forms);
  code = await sender.send();
}, { seconds: 200 });

journey("the island decides it in five stages of its own, with more time once", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = officer(visit, { phone: ISLANDER, link: made.links[ISLANDER] });
  await desk.sitDown();
  await page.locator(".queue").getByText("1/5").waitFor();
  await page.locator(".queue a").first().click();
  await desk.settled();
  await desk.act("Tiếp nhận hồ sơ", /Đã tiếp nhận hồ sơ/, async () => {});
  await desk.act("Xin lỗi và hẹn lại", "Đã gửi thư xin lỗi và hẹn lại.", async () => {
    await page.locator(".act-panel input").first().fill("2");
    await page.locator(".act-panel textarea").fill("Biển động, tàu chưa ra đảo");
    await audit("more time");
  });
  const onward = () => desk.act("Xong, chuyển bước tiếp theo", "Đã chuyển sang bước tiếp theo.", async () => {});
  await onward();
  await onward();
  await desk.act("Đính kèm kết quả", "Đã đính kèm kết quả.", async () => {
    await page.getByLabel("Số, ký hiệu văn bản").fill("7/QĐ-UBND");
    await page.getByLabel("Tệp kết quả đã ký").setInputFiles(file("mai-tang.pdf", "application/pdf", decision));
    await page.getByText("Đã tải lên: mai-tang.pdf").waitFor();
  });
  await onward();
  await onward();
  await page.getByText("Trả kết quả cho người nộp hồ sơ").first().waitFor();
  await audit("ready to be handed over");
}, { desk: true, seconds: 300 });

journey("the citizen reads the reason and takes the result, with the digits and not without", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/404/);
  await page.goto(`/track#${code}`);
  await page.getByRole("heading", { name: says.reply.title_result }).waitFor();
  await audit("track done");
  assert.equal(await page.getByText("Biển động").count(), 0, "the code alone shows no reason");
  const open = page.getByRole("button", { name: says.reply.open, exact: true });
  await open.click();
  await page.getByText(says.digits.wrong).waitFor();
  await page.getByLabel(says.digits.label).fill(digits === "0000" ? "1111" : "0000");
  await open.click();
  await page.getByText(/4 số cuối điện thoại chưa đúng/).waitFor();
  await audit("digits wrong");
  await page.getByLabel(says.digits.label).fill(digits);
  await open.click();
  await page.getByText("Biển động, tàu chưa ra đảo").waitFor();
  await page.getByText("7/QĐ-UBND").waitFor();
  await audit("result");
  const take = page.getByRole("button", { name: pattern(says.reply.take) });
  const [download] = await Promise.all([page.waitForEvent("download"), take.click()]);
  assert.equal(download.suggestedFilename(), "ket-qua.pdf");
  assert.deepEqual(readFileSync(await download.path()), Buffer.from(decision));
  await page.getByText(says.reply.taken).waitFor();
  await audit("result taken");
}, { seconds: 120 });
