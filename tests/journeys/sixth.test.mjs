// A procedure that exists only as files (tests/sixth/forms, from when there were five) laid over the project's: on the site that is already built
// it is found, opened and begun, with not a line of the program changed.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { citizen } from "../citizen.mjs";
import { otherSite } from "../site.mjs";
import { plain, root, words } from "../words.mjs";

const folder = mkdtempSync(join(tmpdir(), "motcua-sixth-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const { forms, site } = otherSite(folder, (forms) => cpSync(join(root, "tests/sixth/forms"), forms, { recursive: true }));

// The harness reads these when it is loaded.
process.env.MOTCUA_SITE = site;
process.env.MOTCUA_FORMS = forms;
const { journey } = await import("../harness.mjs");

const NAME = "Xin xác nhận cư trú (ví dụ)";
const LEGAL = "Xin xác nhận cư trú (thủ tục ví dụ, không có thật)";

journey("another procedure needs only files", async ({ page, audit, server }) => {
  const says = words();
  const person = citizen({ page });
  await page.goto("/");
  await person.settled();
  const link = page.getByRole("link", { name: NAME, exact: true });
  await link.waitFor();
  assert.equal(await page.locator("main ul.list a").count(), 7, "it stands beside the others");

  await page.getByRole("searchbox", { name: says.home.search }).fill(plain("giấy xác nhận"));
  await page.locator("main p[role=status]").waitFor();
  assert.equal(await page.locator("main ul.list a").first().innerText(), NAME, "and is found by its keywords");
  await link.click();
  await page.waitForURL("**/procedures/xin-xac-nhan-cu-tru");
  await page.getByRole("heading", { level: 1, name: LEGAL }).waitFor();
  await page.getByText("8.000 đồng (ví dụ)", { exact: true }).waitFor();
  await audit("sixth procedure");

  await page.getByRole("button", { name: says.procedure.start, exact: true }).first().click();
  await page.waitForURL("**/agency");
  await person.settled();
  await person.agency("UBND xã Cam Lộ");
  await person.guided({ muc_dich: "di-hoc", dang_o: "yes" });
  await page.getByText("Bạn khai Mẫu XN-01.").waitFor();
  await person.onward();
  while (!page.url().includes("/forms/")) await person.onward();
  assert.match(page.url(), /\/forms\/xn-01\/nguoi-xin$/);
  await page.getByRole("heading", { level: 1, name: "Người xin xác nhận" }).waitFor();
  await page.getByRole("textbox", { name: "Họ và tên người xin" }).fill("Hồ Thị Mừng");
  await audit("sixth form");

  const answer = await fetch(`${server.url}/api/v1/catalogue`);
  const catalogue = await answer.json();
  assert.ok(catalogue.forms.some(({ id }) => id === "xn-01"), "and the API offers it");
});

journey("a language without its words shows them in Vietnamese", async ({ page, context }) => {
  await context.addInitScript(() => localStorage.setItem("language", "en"));
  await page.goto("/procedures/xin-xac-nhan-cu-tru");
  await citizen({ page }, { language: "en" }).settled();
  await page.getByRole("heading", { level: 1, name: LEGAL }).waitFor();
});
