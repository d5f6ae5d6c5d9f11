// Filing for others: the owner gives a code, somebody files by it, everybody sees it, and it is over when the owner takes it back;
// for who has no account, on paper, taken back by its code or at the desk.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import { registered, signIn } from "../accounts.mjs";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { mailbox } from "../mailbox.mjs";
import { officer, officers } from "../officers.mjs";
import { file, photo } from "../paper.mjs";
import { root, words } from "../words.mjs";

const says = words();
const ONE_STOP = "0900000201";
const made = officers([["Lê Thị Hiền", ONE_STOP, "UBND phường Đông Hà", "one-stop"]]);
const mails = await mailbox();
const MAIL = { MOTCUA_SMTP: mails.address, MOTCUA_MAIL_FROM: "Một Cửa <thu@motcua.example>", MOTCUA_PUBLIC_ADDRESS: "https://motcua.example" };
serveWith({ data: made.data, env: MAIL });
after(() => mails.close());

const LUA = "lua@example.com";
const THU = "thu@example.com";
const OWNER = "Hồ Văn Lúa";
const NUMBER = "000081000021";
const permit = dossiers["a permit to build a house"];
const filer = { ...permit.forms["nguoi-nop"], nop_cho: "ho", ho_ten: "Trần Văn Thử", quan_he: "Cháu" };

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();

/** Leaves whatever account is open, and opens this one. */
async function as(page, login, path) {
  await page.context().clearCookies();
  await page.goto("/account/sign-in");
  await signIn(page, login);
  await page.goto(path);
}

/** Files the permit for its owner; the lookup code. */
async function send(visit) {
  const sender = citizen(visit);
  await sender.begin(permit.procedure);
  await sender.agency(permit.agency);
  await sender.guided(permit.case);
  await sender.onward();
  await sender.fillAll({ ...permit.forms, "nguoi-nop": filer });
  return sender.send();
}

let code = "";

journey("the owner gives a code, another takes it up and files, and both see it", async (visit) => {
  visit.allow(/422/);
  const { page, server, audit } = visit;
  await registered({ mails, server }, LUA, OWNER, { number: NUMBER });
  await registered({ mails, server }, THU, "Trần Văn Thử", {});
  await as(page, LUA, "/account");
  await page.getByRole("link", { name: "Nộp hộ" }).click();
  await heading(page, "Nộp hộ");
  await audit("nobody files yet");
  await page.getByRole("link", { name: "Cho người khác nộp hộ tôi" }).click();
  await press(page, "Tạo mã đồng ý");
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Họ và tên người nộp hộ").fill("Trần Văn Thử");
  await press(page, "Tạo mã đồng ý");
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByLabel("Họ và tên người nộp hộ").inputValue(), "Trần Văn Thử", "nothing typed is lost");
  await audit("kinship missing");
  await page.getByLabel("Người ấy là ai?").selectOption({ label: "Người thân" });
  await page.getByLabel("Cho nộp hồ sơ nào?").selectOption(permit.procedure);
  await page.getByLabel("Dùng được bao lâu?").selectOption({ label: "6 tháng" });
  await press(page, "Tạo mã đồng ý");
  await page.getByText("Đã tạo mã đồng ý.").waitFor();
  await audit("the code");
  const consent = await page.locator("main .code").innerText();

  await as(page, THU, "/account/others/accept");
  await page.getByLabel("Mã đồng ý").fill("7K3M");
  await press(page, "Nhận nộp hộ");
  await page.getByRole("alert").waitFor();
  await audit("wrong code");
  await page.getByLabel("Mã đồng ý").fill(consent.toLowerCase().replaceAll("-", " "));
  await press(page, "Nhận nộp hộ");
  await page.getByText("Bạn đã nhận nộp hộ.").waitFor();
  await audit("taken up");
  assert.match((await mails.next(LUA)).subject, /đã có hiệu lực/);

  code = await send(visit);
  assert.match((await mails.next(LUA)).subject, /nộp hộ bạn/);
  await page.goto("/account");
  await page.getByText("Chưa có hồ sơ nào.").waitFor();
  await page.goto("/account/others");
  await page.getByRole("heading", { name: "Hồ sơ tôi đã nộp hộ" }).waitFor();
  await audit("what was filed for others");
  await as(page, LUA, "/account");
  await page.getByText("Nộp hộ bởi Trần Văn Thử").waitFor();
  await audit("the owner sees it");
  await page.goto(`/track#${code}`);
  await page.getByText(says.consent.was_filed).waitFor();
  await audit("followed by its code");
}, { seconds: 300 });

journey("whoever files by a consent fills in whose dossier it is without typing", async (visit) => {
  visit.allow(/NotAllowedError/);
  const { page, audit } = visit;
  const card = JSON.parse(await readFile(join(root, "public/card/words.vi.json"), "utf8"));
  const sender = citizen(visit);
  await as(page, THU, "/");
  await sender.begin(permit.procedure);
  await sender.agency(permit.agency);
  await sender.guided(permit.case);
  await sender.onward();
  while (!sender.path().includes("/forms/nd15-01/")) await sender.onward();
  await page.getByRole("button", { name: sender.says.card.scan }).first().click();
  const panel = page.getByRole("dialog");
  await panel.getByRole("button", { name: card.account, exact: true }).click();
  await panel.getByRole("heading", { name: card.account_whose }).waitFor();
  await audit("whose details");
  await panel.getByRole("button", { name: OWNER, exact: true }).click();
  await panel.getByRole("heading", { name: card.account_found }).waitFor();
  await audit("the owner's details");
  await panel.getByRole("button", { name: card.fill, exact: true }).click();
  await panel.waitFor({ state: "detached" });
  assert.deepEqual([await sender.at("cdt_ho_ten").inputValue(), await sender.at("cdt_so_giay_to").inputValue()], [OWNER, NUMBER]);
}, { seconds: 120 });

journey("the desk sees by whose word it was filed", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  const desk = officer(visit, { phone: ONE_STOP, link: made.links[ONE_STOP] });
  await desk.sitDown();
  await desk.open(OWNER);
  const panel = page.getByRole("region", { name: "Sự đồng ý cho nộp hộ" });
  await panel.getByText(/Có hiệu lực đến hết/).waitFor();
  await panel.getByText("cho từ tài khoản của họ").waitFor();
  await panel.getByText("Chỉ cho thủ tục").waitFor();
  await page.getByText(`Nộp hộ theo sự đồng ý của ${OWNER}`).waitFor();
  await audit("a dossier filed by consent");
}, { desk: true, seconds: 200 });

journey("the owner takes it back, and whoever filed opens nothing any more", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/403/);
  await as(page, LUA, "/account/others");
  await page.getByRole("button", { name: /^Rút lại sự đồng ý/ }).click();
  await page.getByText("Đã rút lại sự đồng ý.").waitFor();
  await audit("taken back");
  assert.match((await mails.next(THU)).subject, /rút lại/);
  await as(page, THU, "/account/others");
  await page.getByText("Đã rút lại").first().waitFor();
  assert.equal(await page.getByRole("heading", { name: "Hồ sơ tôi đã nộp hộ" }).count(), 0);
  await audit("the filer sees it no more");
  await page.goto(`/track#${code}`);
  await page.getByText(says.consent.was_withdrawn).waitFor();
  await page.getByLabel(says.digits.label).first().fill(permit.forms["nguoi-nop"].dien_thoai.replace(/\D/g, "").slice(-4));
  await page.getByRole("button", { name: says.pay.open, exact: true }).click();
  await page.getByText("Sự đồng ý cho nộp hộ đã được rút lại").waitFor();
  await audit("the digits open nothing");
}, { seconds: 200 });

journey("who has no account signs on paper, and takes it back by the code or at the desk", async (visit) => {
  visit.allow(/401|422/);
  const { page, audit } = visit;
  await as(page, THU, "/account/others/paper");
  await audit("on paper");
  await page.getByLabel("Ảnh tờ giấy đã ký").setInputFiles(file("giay.jpg", "image/jpeg", await photo(page, "Giấy đồng ý")));
  await page.getByLabel("Họ và tên người được nộp hộ").fill(OWNER);
  await press(page, "Ghi nhận sự đồng ý");
  await page.getByText("Đã nhận ảnh.").waitFor();
  await audit("number missing");
  await page.getByLabel("Số định danh của người ấy").fill(NUMBER);
  await page.getByLabel("Bạn là gì của người ấy?").selectOption({ label: "Trưởng thôn, tổ trưởng dân phố" });
  await page.getByLabel("Dùng được bao lâu?").selectOption({ label: "1 tháng" });
  await press(page, "Ghi nhận sự đồng ý");
  await page.getByText("Đã ghi nhận.").waitFor();
  await audit("recorded from paper");
  const consent = await page.locator("main .code").first().innerText();
  await send(visit);

  await page.context().clearCookies();
  await page.goto("/dong-y");
  await page.getByLabel("Mã đồng ý").fill("0000-0000-0000-0");
  await press(page, "Xem");
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Mã đồng ý").fill(consent);
  await press(page, "Xem");
  await page.getByText("Trần Văn Thử").waitFor();
  await audit("by its code");
  await press(page, "Rút lại sự đồng ý");
  await heading(page, "Đã rút lại");
  await audit("taken back by its code");
}, { seconds: 300 });

journey("the desk shows the signed paper, and takes a consent back for its owner", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401/);
  await as(page, THU, "/account/others/paper");
  await page.getByLabel("Ảnh tờ giấy đã ký").setInputFiles(file("giay.jpg", "image/jpeg", await photo(page, "Giấy đồng ý")));
  await page.getByLabel("Họ và tên người được nộp hộ").fill(OWNER);
  await page.getByLabel("Số định danh của người ấy").fill(NUMBER);
  await page.getByLabel("Bạn là gì của người ấy?").selectOption({ label: "Người khác" });
  await page.getByLabel("Dùng được bao lâu?").selectOption({ label: "1 năm" });
  await press(page, "Ghi nhận sự đồng ý");
  await page.getByText("Đã ghi nhận.").waitFor();
  await send(visit);
  const desk = officer(visit, { phone: ONE_STOP, link: made.links[ONE_STOP] });
  await desk.sitDown();
  // The newest stands last in the queue.
  await page.locator(".queue").getByRole("link", { name: OWNER }).last().click();
  const panel = page.getByRole("region", { name: "Sự đồng ý cho nộp hộ" });
  const [paper] = await Promise.all([page.waitForEvent("download"), panel.getByRole("button", { name: "Tải giấy đồng ý đã ký" }).click()]);
  assert.match(paper.suggestedFilename(), /^giay-dong-y\.(jpeg|png)$/);
  await panel.getByRole("button", { name: "Chủ hồ sơ rút lại sự đồng ý" }).click();
  await audit("taken back at the desk: asked once more");
  await panel.getByRole("button", { name: "Ghi nhận: chủ hồ sơ rút lại" }).click();
  await panel.getByText(/^Đã rút lại/).waitFor();
  await audit("taken back at the desk");
}, { desk: true, seconds: 300 });
