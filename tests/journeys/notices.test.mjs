// What an account is told: new until its page was before somebody's eyes, with the way to what there is to do, which asks the
// account for no digits. And a dossier sent without an account finds its way into one from the page that follows it.

import assert from "node:assert/strict";
import { after } from "node:test";
import { PASSWORD, registered } from "../accounts.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { mailbox } from "../mailbox.mjs";
import { officer, officers } from "../officers.mjs";
import { sent } from "../sent.mjs";
import { words } from "../words.mjs";

const says = words();
const ONE_STOP = "0900000201";
const made = officers([["Lê Thị Hiền", ONE_STOP, "UBND xã Hướng Lập", "one-stop"]]);
const mails = await mailbox();
const MAIL = { MOTCUA_SMTP: mails.address, MOTCUA_MAIL_FROM: "Một Cửa <thu@motcua.example>", MOTCUA_PUBLIC_ADDRESS: "https://motcua.example" };
serveWith({ data: made.data, env: MAIL });
after(() => mails.close());

const LAN = "lan@example.com";
const funeral = dossiers["help with a funeral"];
const permit = dossiers["a permit to build a house"];
let code = "";

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();
const notices = (page, name) => page.getByRole("link", { name, exact: true });

async function signIn(page) {
  await page.getByLabel("E-mail hoặc số điện thoại").fill(LAN);
  await page.getByLabel("Mật khẩu").fill(PASSWORD);
  await press(page, "Đăng nhập");
}

/** The session's cookie, as the browser would send it. */
async function cookie(context) {
  const { name, value } = (await context.cookies()).find((one) => one.name === "__Host-citizen");
  return `${name}=${value}`;
}

async function atTheDesk(visit) {
  visit.allow(/401/);
  const desk = officer(visit, { phone: ONE_STOP, link: made.links[ONE_STOP] });
  await desk.sitDown();
  await visit.page.locator(".queue a").first().click();
  await desk.settled();
  return desk;
}

journey("an account in which nothing has happened says so", async ({ page, context, audit, server }) => {
  await registered({ mails, server }, LAN, "Trần Thị Lan", {});
  await page.goto("/account");
  await signIn(page);
  await heading(page, "Trần Thị Lan");
  await notices(page, "Thông báo").click();
  await heading(page, "Thông báo của tôi");
  await page.getByText("Chưa có thông báo nào.").waitFor();
  await audit("no notices");
  ({ code } = await sent(server.url, funeral, await cookie(context)));
}, { seconds: 60 });

journey("the officer asks for a supplement", async (visit) => {
  const { page } = visit;
  const desk = await atTheDesk(visit);
  await page.locator(".answers-side").getByRole("button", { name: /^Cần sửa: Họ và tên/ }).first().click();
  await page.locator(".answers-side .mark input").fill("Ghi đúng như giấy chứng tử");
  await desk.button("Xem và gửi").click();
  await desk.confirm("Yêu cầu bổ sung");
  await page.locator("#said").getByText("Đã gửi yêu cầu bổ sung.").waitFor();
}, { desk: true, seconds: 120 });

journey("the account is told, and mends without digits what its notice leads to", async ({ page, context, audit, allow, server }) => {
  allow(/404/);
  await page.goto("/account");
  await signIn(page);
  await sent(server.url, permit, await cookie(context));
  await page.goto("/account");
  await notices(page, "Thông báo (2 mới)").waitFor();
  await audit("account with notices");
  // A page fetched ahead is one that nobody has seen.
  const ahead = await page.request.get("/account/notices");
  assert.ok((await ahead.text()).includes("Bạn được đề nghị bổ sung"));
  await page.reload();
  const told = page.waitForResponse((answer) => answer.request().method() === "POST");
  await notices(page, "Thông báo (2 mới)").click();
  await page.getByRole("heading", { name: "Mới Bạn được đề nghị bổ sung" }).waitFor();
  assert.equal((await told).status(), 303);
  await audit("notices");
  assert.equal(await page.getByRole("button", { name: "Đánh dấu đã xem" }).isVisible(), false, "there is nothing to press");
  await page.getByRole("link", { name: "‹ Trang cá nhân" }).click();
  await notices(page, "Thông báo").click();
  await page.getByRole("heading", { name: "Bạn được đề nghị bổ sung", exact: true }).waitFor();
  await page.getByRole("heading", { name: "Hồ sơ này phải nộp phí, lệ phí", exact: true }).waitFor();

  await page.getByRole("link", { name: "Thanh toán phí/lệ phí" }).click();
  await page.getByText(says.with_account.no_digits).waitFor();
  await audit("fee of the account's own");
  await press(page, says.pay.open);
  await page.getByText("75.000 đồng").first().waitFor();
  await page.goto("/account/notices");
  await page.getByRole("link", { name: "Xem và bổ sung" }).click();
  await page.getByText(says.with_account.no_digits).waitFor();
  assert.equal(await page.getByLabel(says.digits.label).count(), 0);
  assert.equal(await page.getByRole("link", { name: says.with_account.keep }).count(), 0, "it is there");
  await audit("supplement of the account's own");
  await press(page, says.supplement.open);
  await page.getByText("Ghi đúng như giấy chứng tử").waitFor();
  await page.locator("#supplement input[type=text]").first().fill("Nguyễn Văn Mẫu Bổ Sung");
  await press(page, says.supplement.send);
  await page.getByText(says.track.was_supplemented).waitFor();

  // Where the session is over, the digits are asked for as ever.
  await page.goto(`/track#${(await sent(server.url, permit, await cookie(context))).code}`);
  await page.getByText(says.with_account.no_digits).waitFor();
  await context.clearCookies();
  await press(page, says.pay.open);
  await page.getByLabel(says.digits.label).waitFor();
}, { seconds: 120 });

journey("the officer receives it", async (visit) => {
  const desk = await atTheDesk(visit);
  await desk.act("Tiếp nhận hồ sơ", /Đã tiếp nhận hồ sơ/, async () => {});
}, { desk: true, seconds: 120 });

journey("without scripts a button says that they have been seen", async ({ page, shot }) => {
  await page.goto("/account");
  await signIn(page);
  await notices(page, "Thông báo (2 mới)").waitFor();
  await shot("account with notices");
  await notices(page, "Thông báo (2 mới)").click();
  await page.getByRole("heading", { name: "Mới Xã đã tiếp nhận hồ sơ" }).waitFor();
  await page.getByText("Hẹn trả kết quả:").first().waitFor();
  await shot("notices without scripts");
  await page.goto("/account");
  await notices(page, "Xem 2 thông báo mới").click();
  await press(page, "Đánh dấu đã xem");
  await page.getByRole("heading", { name: "Xã đã tiếp nhận hồ sơ", exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Đánh dấu đã xem" }).count(), 0);
  await page.goto("/account");
  await notices(page, "Thông báo").waitFor();
}, { desk: true, context: { javaScriptEnabled: false }, seconds: 60 });

journey("a dossier sent without an account is kept in one from the page that follows it", async ({ page, audit, server }) => {
  const { code: other, digits } = await sent(server.url, funeral);
  await page.goto(`/track#${other}`);
  await page.getByRole("link", { name: says.with_account.keep }).waitFor();
  await audit("track with the way into an account");
  await page.getByRole("link", { name: says.with_account.keep }).click();
  await heading(page, "Đăng nhập");
  assert.equal(new URL(page.url()).hash, "", "the code does not stay in the address");
  await signIn(page);
  await heading(page, "Trần Thị Lan");
  assert.equal(await page.getByLabel("Mã tra cứu").inputValue(), other);
  await audit("a code that came along");
  await page.getByLabel("4 số cuối điện thoại đã khai").fill(digits);
  await press(page, "Lấy về tài khoản");
  await page.getByText("Đã đưa hồ sơ vào tài khoản của bạn.").waitFor();
  assert.equal(await page.getByLabel("Mã tra cứu").inputValue(), "", "once");
  // What was claimed asks for digits as before.
  await page.goto(`/track#${other}`);
  await page.getByRole("link", { name: says.with_account.keep }).waitFor();
}, { seconds: 60 });
