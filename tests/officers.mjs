// Officers at their desk: made on the machine before the server starts, signed in by link, password and authenticator.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { motcua, pause } from "./server.mjs";
import { root } from "./words.mjs";

const HEAD = "họ tên,số CCCD,điện thoại,đơn vị,vai trò";
const PASSWORD = "ba con trâu xanh";

/** Makes officers `[name, phone, unit, roles]` in a new data folder; answers `{ data, links }`, the links by phone. */
export function officers(list) {
  const data = mkdtempSync(join(tmpdir(), "motcua-desk-"));
  const file = join(data, "danh-sach.csv");
  const row = ([name, phone, unit, roles], place) => `${name},00020000000${place},${phone},${unit},"${roles}"`;
  writeFileSync(file, [HEAD, ...list.map(row)].join("\n"));
  const args = ["officers", "--data", data, "--forms", process.env.MOTCUA_FORMS ?? "forms", file];
  const told = execFileSync(motcua, args, { cwd: root, encoding: "utf8" });
  const rows = told.trim().split("\n").map((line) => line.split("\t"));
  return { data, links: Object.fromEntries(rows.map((cells) => [cells[0], cells.at(-1)])) };
}

const now = () => Math.floor(Date.now() / 30_000);

/** What an authenticator shows (RFC 6238) at a step of 30 seconds. */
function code(secret, step) {
  const bits = [...secret].map((sign) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counted = Buffer.alloc(8);
  counted.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", key).update(counted).digest();
  const number = hash.readUInt32BE(hash.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/** The authenticators of this file's journeys, by telephone number: secret, and the step whose code was used last. */
const authenticators = new Map();

/** A code that was not used yet: each counts once, and the server takes that of the next step too. */
async function fresh(phone) {
  const app = authenticators.get(phone);
  app.step = Math.max(now(), app.step + 1);
  while (app.step > now() + 1) await pause(500);
  return code(app.secret, app.step);
}

/** An officer on a page; `home` is the heading they begin at. */
export function officer({ page, audit = async () => {} }, { phone, link, home = "Việc của tôi" }) {
  const heading = (name, level = 1) => page.getByRole("heading", { level, name });
  const button = (name) => page.getByRole("button", { name, exact: true });

  /** The page is drawn and nothing of it is still coming. */
  const settled = async () => {
    await page.locator("#first").waitFor({ state: "detached" });
    await page.locator("main h1").first().waitFor();
    // Several parts may be coming at once, so it is the page without any that is waited for.
    await page.locator("main:not(:has(.loading))").waitFor({ state: "attached" });
  };

  /** Opens the link, chooses a password, sets the authenticator up; ends where the officer begins. */
  const firstSignIn = async ({ look = false } = {}) => {
    await page.goto(new URL(link, "http://any").pathname + new URL(link, "http://any").hash);
    await settled();
    assert.ok(!page.url().includes("#"), "the token stands in the address no longer");
    const secret = (await page.locator(".secret").innerText()).replaceAll(/\s/g, "");
    authenticators.set(phone, { secret, step: 0 });
    await page.getByRole("img", { name: /QR/ }).waitFor();
    if (look) {
      await audit("first sign-in");
      await button("Lưu và bắt đầu làm việc").click();
      await page.getByText("Mật khẩu cần ít nhất 8 ký tự.").waitFor();
      await audit("first sign-in refused");
    }
    await page.getByLabel("Mật khẩu mới").fill(PASSWORD);
    await page.getByLabel("Mã 6 chữ số").fill(await fresh(phone));
    await button("Lưu và bắt đầu làm việc").click();
    await heading(home).waitFor();
    await settled();
  };

  /** Fills the sign-in that is shown and sends it. */
  const signIn = async () => {
    await page.getByRole("textbox", { name: "Số điện thoại" }).fill(phone);
    await page.getByLabel("Mật khẩu", { exact: true }).fill(PASSWORD);
    await page.getByLabel("Mã 6 chữ số").fill(await fresh(phone));
    await button("Đăng nhập").click();
  };

  /** Takes this seat from whoever has it: by the link for the first time, by the sign-in afterwards. */
  const sitDown = async () => {
    await page.context().clearCookies();
    if (!authenticators.has(phone)) return firstSignIn();
    await page.goto("/officer");
    await heading("Đăng nhập").waitFor();
    await signIn();
    await heading(home).waitFor();
    await settled();
  };

  /** Opens a person's dossier from the queue. */
  const open = async (person) => {
    await page.goto("/officer");
    await settled();
    await page.locator(".queue").getByRole("link", { name: person }).first().click();
    await heading(person).waitFor();
    await settled();
  };

  /** Begins an act by its button, fills its panel by `fill`, confirms, and waits until it is said to be done. */
  const act = async (name, done, fill) => {
    await page.locator(".acts").getByRole("button", { name, exact: true }).click();
    if (fill) {
      await heading(name, 2).waitFor();
      await fill();
      await confirm(name);
    }
    await page.locator("#said").getByText(done).waitFor();
  };

  const confirm = (name) => page.locator(".act-panel").getByRole("button", { name, exact: true }).click();

  return { settled, firstSignIn, signIn, sitDown, open, act, confirm, heading, button };
}
