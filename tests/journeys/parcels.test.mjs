// What goes by post: the desk finds what it has to fetch and deliver, prints the labels, says what became of it, and the citizen sees it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { example, words } from "../words.mjs";

const says = words().track;
const COMMUNE = "UBND xã Hướng Phùng";
const PHONE = "0900000501";
const poor = dossiers["becoming a poor household"];
const NUMBER = "CP123456789VN";

const made = officers([["Trần Thị Bưu", PHONE, COMMUNE, "one-stop,desk-head"]]);
serveWith({ data: made.data });

/** Sends the household's request as the site does, with everything by post; gives the lookup code. */
async function send(request) {
  const catalogue = await (await request.get("/api/v1/catalogue")).json();
  const print = (all, id) => all.find((one) => one.id === id).fingerprint;
  const filled = { ...poor.forms, "nguoi-nop": example("nguoi-nop", "ok-lay-giay-to") };
  const forms = Object.entries(filled).map(([form, answers]) => ({
    form,
    fingerprint: print(catalogue.forms, form),
    answers: Object.fromEntries(Object.entries(answers).filter(([, text]) => text)),
  }));
  const body = {
    procedure: poor.procedure,
    fingerprint: print(catalogue.procedures, poor.procedure),
    agency: catalogue.agencies.find((one) => one.name === COMMUNE).code,
    case: poor.case,
    forms: forms.sort((one, other) => (one.form === "nguoi-nop") - (other.form === "nguoi-nop")),
    papers: [],
  };
  const answer = await request.post("/api/v1/dossiers", { data: body, headers: { "Idempotency-Key": randomUUID() } });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).code;
}

let code;

journey("the desk has papers fetched and a refusal delivered", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|status of 422/);
  const desk = officer(visit, { phone: PHONE, link: made.links[PHONE] });
  await desk.firstSignIn();
  const bar = page.getByRole("navigation", { name: "Các trang" });
  await bar.getByRole("link", { name: "Bưu điện" }).click();
  await page.getByText(/Không có bưu phẩm nào/).waitFor();
  await audit("nothing to send");
  code = await send(page.request);
  await page.reload();
  await desk.settled();
  await page.getByText("Lấy giấy tờ tại nhà").waitFor();
  await page.getByText("Chờ có kết quả").waitFor();
  await page.getByText(/Thôn 3, nhà bà Mẫu/).waitFor();
  await audit("what is to be sent");
  const saved = page.waitForEvent("download");
  await desk.button("In nhãn (1)").click();
  assert.equal((await saved).suggestedFilename(), "nhan-buu-dien.pdf");

  await page.getByRole("link", { name: /Mở hồ sơ/ }).first().click();
  await desk.settled();
  const papers = page.getByRole("region", { name: "Lấy giấy tờ tại nhà" });
  await papers.waitFor();
  await papers.getByRole("button", { name: "Đã báo bưu điện đến lấy" }).click();
  await papers.getByText(/Ghi số hiệu bưu gửi/).waitFor();
  await audit("a number is missing");
  await papers.getByLabel("Số hiệu bưu gửi").fill("cp 123 456 789 vn");
  await papers.getByRole("button", { name: "Đã báo bưu điện đến lấy" }).click();
  await papers.getByText(`Đã giao bưu điện, ${NUMBER}`).waitFor();
  await audit("under way");
  await papers.getByRole("button", { name: "Đã nhận được giấy tờ" }).click();
  await papers.locator(".tag").getByText("Đã nhận được giấy tờ").waitFor();

  // It is refused, and the refusal goes to the citizen's home.
  await desk.act("Đề nghị từ chối", /Đã/, () => page.getByLabel(/Lý do/).fill("Hộ không thường trú tại xã."));
  await desk.act("Từ chối tiếp nhận", /Đã/, () => {});
  const result = page.getByRole("region", { name: "Gửi kết quả đến nhà" });
  await result.getByLabel("Số hiệu bưu gửi").fill(NUMBER);
  await result.getByRole("button", { name: "Đã giao bưu điện" }).click();
  await result.getByText(`Đã giao bưu điện, ${NUMBER}`).waitFor();
  // What is typed stays while something else is wrong, and over a reload.
  await result.getByRole("button", { name: "Không phát được" }).click();
  await result.getByText(/Ghi lý do bưu điện báo/).waitFor();
  await result.getByLabel(/lý do bưu điện báo/).fill("Vắng nhà hai lần");
  await page.reload();
  await desk.settled();
  assert.equal(await result.getByLabel(/lý do bưu điện báo/).inputValue(), "Vắng nhà hai lần");
  await result.getByRole("button", { name: "Không phát được" }).click();
  await result.getByText("Bưu điện báo: Vắng nhà hai lần").waitFor();
  await audit("not delivered");
  await page.getByText("Bưu điện không phát được kết quả").waitFor();
}, { desk: true, seconds: 240 });

journey("the citizen sees where it is, and not its number", async (visit) => {
  const { page, audit } = visit;
  await page.goto("/track");
  await page.getByLabel(says.label).fill(code);
  await page.getByRole("button", { name: says.go }).click();
  await page.getByText(says.papers_fetched_for).waitFor();
  await page.getByText(says.papers_fetched).waitFor();
  await page.getByText(says.result_not_delivered).waitFor();
  assert.ok(!(await page.locator("main").innerText()).includes(NUMBER));
  await audit("by post");
});
