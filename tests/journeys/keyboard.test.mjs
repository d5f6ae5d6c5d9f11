// A whole procedure without touching the screen or a mouse, mistakes included.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { journey } from "../harness.mjs";
import { keyboard } from "../keyboard.mjs";
import { example, words } from "../words.mjs";

const says = words();
const forms = { "qd24-04": example("qd24-04", "ok-thoat-ngheo"), "nguoi-nop": example("nguoi-nop", "ok-nop-ho-buu-dien") };

journey("leaving poverty by keyboard alone", async ({ page }) => {
  const person = citizen({ page }, { hands: keyboard(page) });
  await person.wholeWay({
    procedure: "cong-nhan-ho-thoat-ngheo",
    agency: "UBND xã Hướng Phùng",
    case: { trong_danh_sach: "yes" },
    forms,
  });
}, { desk: true, seconds: 240 });

journey("mistakes by keyboard alone", async ({ page }) => {
  const hands = keyboard(page);
  const person = citizen({ page }, { hands });
  await person.begin("ho-tro-chi-phi-mai-tang");
  await person.agency("UBND xã Hướng Lập");
  const go = page.getByRole("button", { name: says.apply.continue, exact: true });
  await hands.press(go);
  const link = page.locator("#problems li a").first();
  await link.waitFor();
  await hands.press(link);
  const name = await page.evaluate(() => document.activeElement.name);
  assert.equal(name, "truong_hop", "Enter on the summary's link goes to the question");
  await page.keyboard.press("Space");
  await hands.press(go);
  await page.waitForURL("**/outcome");
  const main = await page.evaluate(() => document.activeElement?.id);
  assert.equal(main, "main", "a new page begins at its top");
}, { desk: true });

journey("Enter in the search opens what was found", async ({ page }) => {
  const hands = keyboard(page);
  await page.goto("/");
  const box = page.getByRole("searchbox", { name: says.home.search });
  await hands.write(box, "mai tangg");
  await page.getByRole("status").filter({ hasText: /1/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/procedures/ho-tro-chi-phi-mai-tang");
});
