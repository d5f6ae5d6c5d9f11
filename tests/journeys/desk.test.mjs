// The officers' desk on the real server: a link opens an account, dossiers are received, mended and carried to the result.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { file, pdf } from "../paper.mjs";

const COMMUNE = "UBND xã Hướng Lập";
const DISTRICT = "465";
const ONE_STOP = "0900000201";
const SPECIALIST = "0900000202";
const LEADER = "0900000203";
const ABOVE = "0900000204";
const HEAD = "0900000205";

const made = officers([
  ["Lê Thị Hiền", ONE_STOP, COMMUNE, "one-stop"],
  ["Hồ Thị Chuyên", SPECIALIST, COMMUNE, "specialist"],
  ["Trần Văn Lãnh", LEADER, COMMUNE, "leader"],
  ["Phan Văn Trưởng", HEAD, COMMUNE, "desk-head"],
  ["Phan Văn Phòng", ABOVE, DISTRICT, "specialist,department-head,leader,clerk"],
]);
serveWith({ data: made.data });

const at = (visit, phone) => officer(visit, { phone, link: made.links[phone] });
/** Signs an officer in, whoever sat there before. */
const seat = async (visit, phone) => {
  const desk = at(visit, phone);
  await desk.sitDown();
  return desk;
};
const funeral = dossiers["help with a funeral"];
/** Whom the dossiers are about, as the queue calls them; read from the first row. */
let person = "";

/** Sends a dossier as a citizen does. */
async function send(visit) {
  const sender = citizen(visit);
  await sender.begin(funeral.procedure);
  await sender.agency(funeral.agency);
  await sender.guided(funeral.case);
  await sender.onward();
  await sender.fillAll(funeral.forms);
  await sender.send();
}

journey("one citizen sends a dossier", send, { seconds: 200 });

journey("another sends one, and the citizens' service worker leaves the desk alone", async (visit) => {
  const { page } = visit;
  await send(visit);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.goto("/officer");
  await page.getByRole("heading", { level: 1, name: "Đăng nhập" }).waitFor();
  visit.allow(/401/);
}, { seconds: 200 });

journey("a link opens an account; the queue is walked by keyboard; a supplement survives a reload and the session's end", async (visit) => {
  const { page, audit, context } = visit;
  visit.allow(/401/);
  const desk = at(visit, ONE_STOP);
  await page.goto("/officer");
  await desk.heading("Đăng nhập").waitFor();
  await audit("sign-in");
  await desk.button("Đăng nhập").click();
  await page.getByText("Hãy nhập đủ").waitFor();
  await audit("sign-in incomplete");
  await desk.firstSignIn({ look: true });
  await audit("queue");
  person = await page.locator(".queue a").first().innerText();
  assert.equal(await page.locator(".queue tbody tr").count(), 2);

  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await desk.heading(person).waitFor();
  await page.locator("canvas").waitFor();
  await audit("dossier");
  await page.keyboard.press("?");
  await desk.heading("Phím tắt", 2).waitFor();
  await audit("keys");
  await page.keyboard.press("Escape");

  await page.locator(".answers-side").getByRole("button", { name: /^Cần sửa: / }).first().click();
  await page.locator(".answers-side .mark input").fill("Ghi đúng như trong căn cước");
  await page.locator(".papers-side").getByRole("button", { name: /^Cần sửa: / }).first().click();
  await desk.button("Xem và gửi").click();
  await desk.confirm("Yêu cầu bổ sung");
  await page.getByText(/Hãy ghi cần sửa gì ở/).waitFor();
  await audit("supplement refused");
  await page.locator(".papers-side .mark input").fill("Chụp lại, chữ bị mờ");
  await page.reload();
  await desk.settled();
  assert.equal(await page.locator(".marks li").count(), 2, "marks are still there after a reload");

  // The session ends; what was pressed goes on after signing in again.
  await context.clearCookies();
  await desk.confirm("Yêu cầu bổ sung");
  await desk.heading("Phiên làm việc đã hết").waitFor();
  await audit("session over");
  await desk.signIn();
  await page.locator("#said").getByText("Đã gửi yêu cầu bổ sung.").waitFor();
  await page.getByText("Ghi đúng như trong căn cước").first().waitFor();
  await audit("supplement sent");
  await page.getByRole("link", { name: "Về danh sách việc" }).click();
  await page.getByRole("link", { name: /^Chờ bổ sung/ }).click();
  await page.waitForURL("**/officer?list=stopped");
  await page.getByText("Tạm dừng").waitFor();
  await page.reload();
  await page.getByText("Tạm dừng").waitFor();
}, { desk: true, seconds: 300 });

journey("a dossier goes from the one-stop desk to the result and back to the citizen", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|409/);
  const ONWARD = "Xong, chuyển bước tiếp theo";
  const onward = (desk) => desk.act(ONWARD, "Đã chuyển sang bước tiếp theo.", async () => {});

  let desk = await seat(visit, ONE_STOP);
  await desk.open(person);
  await desk.act("Tiếp nhận hồ sơ", /Đã tiếp nhận hồ sơ/, () => audit("receive"));
  const number = (await page.locator(".dossier-head .id").innerText()).trim();
  assert.match(number, /\d{6}/, "it has a number now");
  await audit("received");

  desk = await seat(visit, SPECIALIST);
  await audit("queue of the specialist");
  await desk.open(person);
  await desk.act("Nhận việc này", /Bạn đang giữ/);
  await page.goto("/officer?list=mine");
  await page.locator(".queue").getByText("Tôi đang giữ").waitFor();
  await page.locator(".queue a").first().click();
  await desk.heading(person).waitFor();
  await desk.act(ONWARD, "Đã chuyển sang bước tiếp theo.", async () => {
    await page.getByLabel("Ghi cho người nhận").fill("Đủ điều kiện");
    await audit("forward");
  });

  // Two tabs of the same officer: the one that is behind is told, and keeps what was typed.
  desk = await seat(visit, LEADER);
  await desk.open(person);
  for (const [says, name] of [["Quyết định (PDF)", "du-thao.pdf"], ["Tờ trình (PDF)", "du-thao.pdf"], ["Tờ trình (RTF, sửa được)", "du-thao.rtf"]]) {
    const [draft] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: says, exact: true }).click()]);
    assert.equal(draft.suggestedFilename(), name, "its name tells nothing");
  }
  const address = page.url();
  const other = await visit.context.newPage();
  await other.goto(address);
  const behind = officer({ page: other }, { phone: LEADER });
  await behind.settled();
  await other.locator(".acts").getByRole("button", { name: ONWARD, exact: true }).click();
  await other.getByLabel("Ghi cho người nhận").fill("Kính chuyển");
  await desk.act("Nhận việc này", /Bạn đang giữ/);
  await behind.confirm(ONWARD);
  await other.getByText(/Hồ sơ vừa có người khác xử lý/).waitFor();
  assert.equal(await other.getByLabel("Ghi cho người nhận").inputValue(), "Kính chuyển");
  await audit("changed meanwhile", other);
  await other.locator(".act-panel").getByRole("button", { name: ONWARD, exact: true }).dblclick();
  await other.locator("#said").getByText("Đã chuyển sang bước tiếp theo.").waitFor();
  await other.close();

  desk = await seat(visit, ABOVE);
  await desk.open(person);
  await onward(desk);
  await onward(desk);
  await desk.act("Đính kèm kết quả", "Đã đính kèm kết quả.", async () => {
    await page.getByLabel("Số, ký hiệu văn bản").fill("12/QĐ-UBND");
    await page.getByLabel("Tệp kết quả đã ký").setInputFiles(file("quyet-dinh.pdf", "application/pdf", pdf("Quyết định")));
    await page.getByText("Đã tải lên: quyet-dinh.pdf").waitFor();
    await audit("result");
  });
  await page.locator(".acts").getByText("12/QĐ-UBND").waitFor();
  for (let turn = 0; turn < 3; turn += 1) await onward(desk);

  desk = await seat(visit, ONE_STOP);
  await desk.open(person);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Tải quyet-dinh.pdf/ }).click()]);
  assert.equal(download.suggestedFilename(), "quyet-dinh.pdf");
  await page.locator(".papers-side").getByText("Không có chữ ký số: đối chiếu bản chính khi trả kết quả.").first().waitFor();
  await page.locator(".acts").getByText("Tệp kết quả không có chữ ký số.", { exact: false }).waitFor();
  await desk.act("Trả kết quả cho người dân", /Hồ sơ kết thúc/, async () => {
    await desk.confirm("Trả kết quả cho người dân");
    await page.getByText(/Chưa đối chiếu bản chính: /).waitFor();
    await audit("originals not compared");
    const originals = page.locator("fieldset.original");
    for (let place = 0; place < await originals.count(); place += 1) {
      await originals.nth(place).getByText("Đã xem bản chính, khớp").click();
    }
    await originals.first().getByText("Bản chính có chỗ khác").click();
    await page.getByLabel("Khác ở đâu, vì sao vẫn trả kết quả").fill("Ngày cấp lệch một ngày, cùng một người");
    await audit("originals compared");
  });
  await page.getByText("Bản chính khác bản gửi: ", { exact: false }).first().waitFor();
  await audit("handed over");
  await desk.button("Đăng xuất").click();
  await desk.heading("Đăng nhập").waitFor();
  await page.goBack();
  await desk.heading("Đăng nhập").waitFor();
  assert.equal(await page.getByText(person).count(), 0, "going back shows nothing of the dossier");
}, { desk: true, seconds: 400 });

journey("the desk on a phone", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = at(visit, ONE_STOP);
  await page.goto("/officer?list=stopped");
  await desk.heading("Đăng nhập").waitFor();
  await audit("sign-in");
  // A session that ends two minutes from now, as the page is told.
  await page.route("**/api/v1/officers/sign-in", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), idle_seconds: 121 } });
  });
  await desk.signIn();
  await page.locator(".queue a").first().waitFor();
  await audit("queue");
  await page.getByText("Sắp hết phiên làm việc.").waitFor();
  await audit("idle");
  await desk.button("Tôi vẫn ở đây").click();
  await page.getByText("Sắp hết phiên làm việc.").waitFor({ state: "detached" });
  await page.locator(".queue a").first().click();
  await desk.settled();
  await audit("dossier");
});

journey("a refusal is proposed by the desk and decided by its head", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|404/);
  let desk = await seat(visit, ONE_STOP);
  await page.getByRole("link", { name: /^Chờ bổ sung/ }).click();
  await page.locator(".queue a").first().click();
  await desk.heading(person).waitFor();
  await desk.act("Đề nghị từ chối", /Đã gửi đề nghị/, async () => {
    await desk.confirm("Đề nghị từ chối");
    await page.getByText("Hãy nhập: Lý do.").waitFor();
    await page.locator("#reason").fill("Quá hạn bổ sung");
    await audit("propose a refusal");
  });
  const address = page.url();
  desk = await seat(visit, HEAD);
  await page.goto(address);
  await desk.heading(person).waitFor();
  await page.locator(".acts").getByText("Quá hạn bổ sung").waitFor();
  await audit("head of the desk");
  await desk.act("Từ chối tiếp nhận", /Đã từ chối/, async () => {
    assert.equal(await page.locator("#reason").inputValue(), "Quá hạn bổ sung", "what was proposed stands there");
    await audit("refuse");
  });
  await page.getByText("Không được tiếp nhận").first().waitFor();
  await page.goto("/officer/dossiers/00000000-0000-0000-0000-000000000000");
  await page.getByRole("heading", { name: "Không có hồ sơ này" }).waitFor();
  await page.goto(made.links[HEAD].slice(made.links[HEAD].indexOf("/officer/first")));
  await page.getByRole("heading", { name: "Liên kết này không dùng được" }).waitFor();
  await audit("link used up");
}, { desk: true, seconds: 300 });
