// Signing in with an identity provider, at a real one: the package `oidc-provider`. What a bad provider may say is tried in
// crates/api/tests/api/identities.rs.

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { journey, serveWith } from "../harness.mjs";
import { client, freePort, people, startProvider } from "../oidc-provider.mjs";

const port = await freePort();
const site = `http://127.0.0.1:${port}`;
const provider = await startProvider({ port: await freePort(), back: [`${site}/api/v1/citizens/providers/thu/callback`] });
after(() => provider.stop());
const file = join(mkdtempSync(join(tmpdir(), "motcua-providers-")), "providers.toml");
writeFileSync(file, `[[provider]]
id = "thu"
name = "Cổng định danh thử"
issuer = "${provider.issuer}"
client_id = "${client.id}"
`);
serveWith({
  port,
  env: { MOTCUA_IDENTITY_PROVIDERS: file, MOTCUA_IDENTITY_SECRET_THU: client.secret, MOTCUA_PUBLIC_ADDRESS: site },
});

const PASSWORD = "con bò vàng qua suối";

/** What the page asks of the API, with the cookies of its browser. */
const ask = (page, method, path, body) =>
  page.evaluate(async ([method, path, body]) => {
    const headers = { "content-type": "application/json", "x-req": "1" };
    const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    return { status: answer.status, json: await answer.json().catch(() => null) };
  }, [method, path, body]);

/** The provider's own pages want letters from elsewhere. */
const offline = (page) => page.route("https://fonts.googleapis.com/**", (route) => route.fulfill({ contentType: "text/css", body: "" }));

/** Goes to the provider's page from the page to sign in on, and signs in there; done once they are back here. */
async function signIn({ page, allow, audit }, login) {
  // Nobody is signed in yet, and the browser says so.
  allow(/40[14]/);
  await offline(page);
  await page.goto("/account/sign-in?next=/track");
  await audit("sign in with a provider");
  await page.getByRole("button", { name: "Đăng nhập bằng Cổng định danh thử" }).click();
  await audit("whose site comes next");
  await page.getByRole("link", { name: "Sang trang Cổng định danh thử" }).click();
  const name = page.getByPlaceholder("Enter any login");
  if (await name.isVisible()) {
    await name.fill(login);
    await page.getByPlaceholder("and password").fill("bất kỳ");
    await page.getByRole("button", { name: "Sign-in" }).click();
  }
  // Whoever was here before is asked less.
  const onward = page.getByRole("button", { name: "Continue" });
  if (new URL(page.url()).origin !== site) await onward.click();
  await page.waitForURL((url) => url.origin === site && url.hash === "");
}

journey("somebody signs in at the provider's page and has an account, which opens again from another phone", async (visit) => {
  const { page, context } = visit;
  await signIn(visit, "lan");
  await page.waitForURL((url) => url.pathname === "/track");
  const cookies = await context.cookies(site);
  const session = cookies.find((cookie) => cookie.name === "__Host-citizen");
  assert.deepEqual([session.httpOnly, session.secure, session.sameSite], [true, true, "Lax"]);
  const me = (await ask(page, "GET", "/api/v1/citizens/me")).json;
  const { lan } = people;
  assert.deepEqual([me.name, me.email, me.phone], [lan.name, lan.email, lan.phone_number]);
  assert.deepEqual([me.details.number, me.details.birth, me.details.sex], [lan.personal_number, lan.birthdate, "nu"]);

  await page.goto("/account");
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await page.waitForURL((url) => url.pathname === "/");
  assert.equal((await ask(page, "GET", "/api/v1/citizens/me")).status, 401);
  await signIn(visit, "lan");
  await page.waitForURL((url) => url.pathname === "/track");
  assert.equal((await ask(page, "GET", "/api/v1/citizens/me")).json.id, me.id);
  await page.goto("/account/security");
  await page.getByRole("region", { name: "Cổng định danh thử" }).waitFor();
  await visit.audit("security with a provider");
});

journey("a way in that is taken away is added again by who says the password", async (visit) => {
  const { page, audit, allow } = visit;
  allow(/422/);
  await signIn(visit, "lan");
  await page.goto("/account/security");
  await page.getByText("Đặt mật khẩu").click();
  await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
  await page.getByRole("button", { name: "Lưu mật khẩu" }).click();
  await page.getByText("Đã đổi mật khẩu.").waitFor();
  await page.getByRole("button", { name: "Bỏ cách này" }).click();
  await page.getByText("Đã bỏ cách đăng nhập ấy.").waitFor();
  const add = page.getByRole("group").filter({ hasText: "Thêm Cổng định danh thử" });
  await add.locator("summary").click();
  await audit("add a provider");
  await add.getByLabel("Mật khẩu đang dùng").fill("đoán bừa thôi");
  await add.getByRole("button", { name: "Thêm Cổng định danh thử" }).click();
  await page.getByRole("alert").waitFor();
  await audit("add a provider: password wrong");
  await add.getByLabel("Mật khẩu đang dùng").fill(PASSWORD);
  await add.getByRole("button", { name: "Thêm Cổng định danh thử" }).click();
  await page.getByRole("link", { name: "Sang trang Cổng định danh thử" }).click();
  // They have been at the provider's page in this browser.
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL((url) => url.origin === site && url.hash === "");
  await page.getByRole("region", { name: "Cổng định danh thử" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/account/security");
});

journey("whoever has the address of an account that is there is asked, and gets nothing of it unasked", async (visit) => {
  const { page, audit, allow } = visit;
  allow(/422/);
  await signIn(visit, "anh");
  await page.getByRole("heading", { name: "Có phải tài khoản của bạn?" }).waitFor();
  assert.equal((await ask(page, "GET", "/api/v1/citizens/me")).status, 401);
  await audit("is it yours");
  await page.getByLabel("E-mail hoặc số điện thoại").fill(people.lan.email);
  await page.getByLabel("Mật khẩu").fill("đoán bừa thôi");
  await page.getByRole("button", { name: "Đúng, nối vào tài khoản này" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal((await ask(page, "GET", "/api/v1/citizens/me")).status, 401, "a guess opens nothing");
  await page.getByRole("button", { name: "Không phải của tôi, lập tài khoản riêng" }).click();
  await page.getByRole("heading", { name: people.anh.name }).waitFor();
  const me = (await ask(page, "GET", "/api/v1/citizens/me")).json;
  assert.deepEqual([me.name, me.email], [people.anh.name, ""]);
  const { rows } = (await ask(page, "GET", "/api/v1/citizens/identities")).json;
  assert.deepEqual(rows.map((row) => row.name), ["Cổng định danh thử"]);
});

journey("whoever turns back, or comes back twice, reads why and finds a way back", async (visit) => {
  const { page, allow, audit } = visit;
  allow(/4(01|04|10)/);
  await offline(page);
  await page.goto("/");
  const { json } = await ask(page, "POST", "/api/v1/citizens/providers/thu/begin", {});
  await page.goto(json.location);
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.waitForURL((url) => url.origin === site);
  await page.getByRole("heading", { name: "Đăng nhập", exact: true }).waitFor();
  await page.goto(`/api/v1/citizens/providers/thu/callback?state=${new URL(json.location).searchParams.get("state")}&code=1`);
  await page.getByRole("heading", { name: "Lần đăng nhập này không dùng được nữa" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "Về trang đăng nhập" }).getAttribute("href"), "/account/sign-in");
  await audit("refused");
});
