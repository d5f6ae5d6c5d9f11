// A citizen's account, from registering through a real mail and a text message to the dossiers in it: one thing a page, no program
// to wait for.

import assert from "node:assert/strict";
import { after } from "node:test";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { startGateway } from "../gateway.mjs";
import { journey, serveWith } from "../harness.mjs";
import { freePort, mailbox } from "../mailbox.mjs";
import { words } from "../words.mjs";

const mails = await mailbox();
const port = await freePort();
const site = `http://127.0.0.1:${port}`;
const gateway = await startGateway(site);
serveWith({
  port,
  env: {
    MOTCUA_SMTP: mails.address,
    MOTCUA_MAIL_FROM: "Một Cửa <khong-tra-loi@motcua.example>",
    MOTCUA_PUBLIC_ADDRESS: site,
    ...gateway.sms,
  },
});
after(() => {
  mails.close();
  gateway.stop();
});

const says = words().petition;
const LAN = "lan@example.com";
const PHONE = "0900000123";
const PASSWORD = "con bò vàng qua suối";
const permit = dossiers["a permit to build a house"];

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();
const link = (text) => text.match(/http\S+#[0-9a-f]{64}/)[0];

/** The digits of the newest text message to her, once `count` have come. */
const digits = async (count) => (await gateway.message(PHONE, count)).slice(0, 6);

async function signIn(page, login, password) {
  await page.goto("/account/sign-in");
  await page.getByLabel("E-mail hoặc số điện thoại").fill(login);
  await page.getByLabel("Mật khẩu").fill(password);
  await press(page, "Đăng nhập");
}

journey("registering goes step by step, by a mailed link and six digits, and leads back to where the person was", async (visit) => {
  visit.allow(/404|422/);
  const { page, audit } = visit;
  await page.goto("/account/papers");
  await heading(page, "Đăng nhập");
  await audit("sign in first");
  await page.getByRole("link", { name: "Đăng ký" }).click();
  await heading(page, "Bạn đăng ký tài khoản cho ai?");
  await audit("register: for whom");
  await press(page, "Tiếp tục");
  await heading(page, "Bạn là ai?");
  await press(page, "Tiếp tục");
  await page.getByRole("alert").waitFor();
  await audit("register: name missing");
  await page.getByLabel("Họ và tên").fill("Trần Thị Lan");
  await page.getByLabel("Số định danh cá nhân (không bắt buộc)").fill("000 162 000 001");
  await page.getByLabel("Ngày", { exact: true }).fill("15");
  await page.getByLabel("Tháng", { exact: true }).fill("3");
  await page.getByLabel("Năm", { exact: true }).fill("1962");
  await page.getByLabel("Nữ").check();
  await audit("register: who");
  await press(page, "Tiếp tục");
  await heading(page, "Bạn ở tỉnh, thành phố nào?");
  await page.getByLabel("Tỉnh, thành phố").selectOption({ label: "tỉnh Quảng Trị" });
  await press(page, "Tiếp tục");
  await heading(page, "Bạn ở xã, phường nào?");
  await page.getByLabel("Xã, phường, đặc khu").selectOption({ label: "xã Hướng Phùng" });
  await page.getByLabel("Thôn, khu phố, số nhà").fill("thôn Doa Củ");
  await audit("register: commune");
  await press(page, "Tiếp tục");
  await page.getByLabel("Địa chỉ e-mail").fill("lan@example");
  await press(page, "Tiếp tục");
  await page.getByRole("alert").waitFor();
  await page.getByLabel("Địa chỉ e-mail").fill(LAN);
  await press(page, "Tiếp tục");
  await heading(page, "Xem lại trước khi đăng ký");
  await page.getByText("thôn Doa Củ, xã Hướng Phùng, tỉnh Quảng Trị").waitFor();
  await audit("register: look over");
  await page.getByRole("button", { name: "Sửa Họ và tên" }).click();
  assert.equal(await page.getByLabel("Họ và tên").inputValue(), "Trần Thị Lan", "nothing typed is lost on the way back");
  for (const _ of [1, 2, 3, 4]) await press(page, "Tiếp tục");
  await press(page, "Đăng ký");
  await heading(page, "Hãy mở hộp thư của bạn");
  await audit("register: open the mail");

  const mail = await mails.next(LAN);
  assert.equal(mail.subject, "Xác nhận đăng ký tài khoản sử dụng dịch vụ công trực tuyến");
  for (let scan = 0; scan < 10; scan += 1) await fetch(link(mail.text));
  await page.goto(link(mail.text));
  assert.equal(new URL(page.url()).hash, "", "the token does not stay in the address");
  await press(page, "Tiếp tục");
  await page.getByText("Trần Thị Lan").waitFor();
  await audit("confirm");
  await page.getByLabel("Mật khẩu mới").fill("12345678");
  await press(page, "Xác nhận và đặt mật khẩu");
  await page.getByText("quá dễ đoán").first().waitFor();
  await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
  await press(page, "Xác nhận và đặt mật khẩu");

  await heading(page, "Số điện thoại");
  await page.getByText("bước 8/9").waitFor();
  await audit("register: telephone number");
  await page.getByLabel("Số điện thoại di động").fill("0233 3000 000");
  await press(page, "Nhắn mã cho tôi");
  await page.getByRole("alert").waitFor();
  await audit("register: no mobile number");
  await page.getByLabel("Số điện thoại di động").fill("0900 000 123");
  await press(page, "Nhắn mã cho tôi");
  await heading(page, "Nhập mã trong tin nhắn");
  await page.getByText("0900 000 123").waitFor();
  await page.getByText("bước 9/9").waitFor();
  await audit("register: digits");
  const first = await digits(1);
  await page.getByLabel("Mã 6 chữ số").fill(first === "000000" ? "000001" : "000000");
  await press(page, "Xác nhận số này");
  await page.getByText("Mã chưa đúng").first().waitFor();
  await audit("register: digits wrong");
  await press(page, "Gửi lại mã");
  await page.getByRole("status").waitFor();
  await audit("register: digits sent again");
  await page.getByLabel("Mã 6 chữ số").fill(await digits(2));
  await press(page, "Xác nhận số này");
  await heading(page, "Giấy tờ của tôi");
  assert.equal(new URL(page.url()).pathname, "/account/papers", "where they were when they registered");
  assert.equal((await mails.next(LAN)).subject, "Tài khoản dịch vụ công trực tuyến đã thêm số điện thoại");
  await page.goto("/account");
  await heading(page, "Trần Thị Lan");
  await audit("empty account");

  await page.goto(link(mail.text));
  await press(page, "Tiếp tục");
  await heading(page, "Đường dẫn này không dùng được nữa");
  await audit("used link");
}, { seconds: 120 });

journey("what is sent signed in is in the account, with what is to be done on top", async (visit) => {
  visit.allow(/422/);
  const { page, audit } = visit;
  await signIn(page, LAN, "con bò trắng qua suối");
  await page.getByRole("alert").waitFor();
  await audit("wrong password");
  await signIn(page, "0900 000 123", PASSWORD);
  await heading(page, "Trần Thị Lan");
  const sender = citizen(visit);
  await sender.begin(permit.procedure);
  await sender.agency(permit.agency);
  await sender.guided(permit.case);
  await sender.onward();
  await sender.fillAll(permit.forms);
  const code = await sender.send();
  await page.goto("/account");
  await page.getByRole("heading", { name: /^Bạn cần làm \(1\)/ }).waitFor();
  await audit("account with a dossier to pay for");
  await page.getByRole("link", { name: "Thanh toán phí/lệ phí" }).click();
  await page.getByText(code).first().waitFor();

  await page.goto("/phan-anh/gui");
  await page.getByLabel(says.field).selectOption({ index: 1 });
  await page.getByLabel(says.says, { exact: true }).fill("Sáng thứ Hai không có ai ở quầy số 2.");
  await press(page, says.send);
  await page.getByRole("link", { name: says.mine }).click();
  await page.getByText(says.state_sent).waitFor();
  await audit("petitions of the account");
  await page.getByRole("button", { name: /^Xem/ }).click();
  await heading(page, says.state_sent);
}, { seconds: 240 });

journey("a dossier sent without an account is claimed; details and password are changed; a forgotten password is set anew", async (visit) => {
  visit.allow(/422/);
  const { page, audit, context } = visit;
  const sender = citizen(visit);
  await sender.begin(permit.procedure);
  await sender.agency(permit.agency);
  await sender.guided(permit.case);
  await sender.onward();
  await sender.fillAll(permit.forms);
  const code = await sender.send();
  await signIn(page, LAN, PASSWORD);
  await heading(page, "Trần Thị Lan");
  await page.getByLabel("Mã tra cứu").fill(code);
  await page.getByLabel("4 số cuối điện thoại đã khai").fill("0000");
  await press(page, "Lấy về tài khoản");
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByLabel("Mã tra cứu").inputValue(), code, "what was typed is still there");
  await audit("wrong digits");
  await page.getByLabel("4 số cuối điện thoại đã khai").fill(permit.forms["nguoi-nop"].dien_thoai.replace(/\D/g, "").slice(-4));
  await press(page, "Lấy về tài khoản");
  await page.getByText("Đã đưa hồ sơ vào tài khoản của bạn.").waitFor();
  await page.getByRole("heading", { name: /^Bạn cần làm \(2\)/ }).waitFor();

  await page.getByRole("link", { name: "Thông tin của tôi" }).click();
  await heading(page, "Thông tin của tôi");
  await audit("details");
  await page.getByLabel("Thôn, khu phố, số nhà").fill("thôn Mới");
  await press(page, "Lưu");
  await page.getByText("Đã lưu.").waitFor();
  await page.getByRole("link", { name: "‹ Trang cá nhân" }).click();
  await page.getByRole("link", { name: "Đăng nhập và bảo mật" }).click();
  await heading(page, "Đăng nhập và bảo mật");
  await audit("security");
  await page.getByText("Đổi mật khẩu").click();
  await page.getByLabel("Mật khẩu đang dùng").locator("visible=true").fill("sai");
  await page.getByLabel("Mật khẩu mới").fill("trâu đen uống nước suối");
  await press(page, "Lưu mật khẩu");
  await page.getByText("Mật khẩu hiện tại chưa đúng.").first().waitFor();
  await audit("password wrong");
  await page.getByRole("button", { name: "Đăng xuất khỏi mọi máy" }).click();
  await page.goto("/account");
  await heading(page, "Đăng nhập");

  await page.getByRole("link", { name: "Quên mật khẩu" }).click();
  await page.getByLabel("E-mail hoặc số điện thoại").fill(LAN);
  await audit("forgotten");
  await press(page, "Gửi thư cho tôi");
  await heading(page, "Hãy mở hộp thư của bạn");
  const mail = await mails.next(LAN);
  await page.goto(link(mail.text));
  await press(page, "Tiếp tục");
  await audit("reset");
  await page.getByLabel("Mật khẩu mới").fill("trâu đen uống nước suối");
  await press(page, "Đặt mật khẩu mới");
  await heading(page, "Trần Thị Lan");
  await context.clearCookies();
  await signIn(page, LAN, "trâu đen uống nước suối");
  await heading(page, "Trần Thị Lan");
}, { seconds: 240 });

journey("an unknown address and a known one are told the same, on a wide screen and without scripts", async (visit) => {
  visit.allow(/422/);
  const { page, shot } = visit;
  for (const email of [LAN, "khong-co@example.com"]) {
    await page.goto("/account/reset");
    await page.getByLabel("E-mail hoặc số điện thoại").fill(email);
    await press(page, "Gửi thư cho tôi");
    await heading(page, "Hãy mở hộp thư của bạn");
  }
  await page.goto("/account/confirm");
  await page.getByLabel("Mã trong đường dẫn").waitFor();
  await shot("link without scripts");
  await page.goto("/account/register");
  await page.getByLabel("Cho tổ chức").check();
  await press(page, "Tiếp tục");
  await page.getByLabel("Họ và tên").fill("Võ Minh");
  await press(page, "Tiếp tục");
  await heading(page, "Tổ chức, doanh nghiệp, hộ kinh doanh");
  await page.getByLabel("Tên tổ chức").fill("Hợp tác xã Thử");
  await page.getByLabel("Mã số thuế").fill("123");
  await press(page, "Tiếp tục");
  await page.getByText("Mã số thuế chưa đúng").first().waitFor();
  await shot("tax code wrong");
  await page.getByLabel("Mã số thuế").fill("0100109106");
  await press(page, "Tiếp tục");
  await press(page, "Để sau");
  await page.getByLabel("Địa chỉ e-mail").fill("minh@example.com");
  await press(page, "Tiếp tục");
  await press(page, "Đăng ký");

  // The token is copied by hand, and the number is left for later once its digits do not come.
  const mail = await mails.next("minh@example.com");
  await page.goto("/account/confirm");
  await page.getByLabel("Mã trong đường dẫn").fill(link(mail.text).split("#")[1]);
  await press(page, "Tiếp tục");
  await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
  await press(page, "Xác nhận và đặt mật khẩu");
  await heading(page, "Số điện thoại");
  await page.getByText("bước 8/9").waitFor();
  await shot("telephone number without scripts");
  // A number that somebody has: nothing tells so.
  await page.getByLabel("Số điện thoại di động").fill(PHONE);
  await press(page, "Nhắn mã cho tôi");
  await heading(page, "Nhập mã trong tin nhắn");
  await shot("digits without scripts");
  await press(page, "‹ Sửa số điện thoại");
  assert.equal(await page.getByLabel("Số điện thoại di động").inputValue(), PHONE);
  await press(page, "Để sau");
  await heading(page, "Võ Minh");
}, { desk: true, context: { javaScriptEnabled: false } });
