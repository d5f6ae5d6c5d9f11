// The catalogue of services: from home to a field, a search with slips, a service that is filed here and one that is not,
// on a phone, on a desk, and with scripts off.

import assert from "node:assert/strict";
import { journey } from "../harness.mjs";
import { fill, words } from "../words.mjs";

const says = words().services;
const COMMUNE = "UBND xã Hướng Phùng";

/** Types into the search and sends it. */
async function find(page, text) {
  await page.getByLabel(says.what).fill(text);
  await page.getByRole("button", { name: says.find }).click();
  await page.waitForLoadState();
}

/** Where browsers cannot run scripts axe cannot either: the same page is looked at in a browser that can. */
async function looked(visit, label) {
  const { page, context, server, audit } = visit;
  const copy = await context.browser().newContext({ viewport: page.viewportSize(), baseURL: server.url, locale: "vi-VN" });
  const other = await copy.newPage();
  await other.goto(page.url());
  await audit(label, other);
  await copy.close();
}

for (const [where, device] of [["on a phone", {}], ["on a desk", { desk: true }]]) {
  journey(
    `services ${where}`,
    async (visit) => {
      const { page, audit } = visit;
      await page.goto("/");
      await page.getByRole("link", { name: says.all }).click();
      await page.getByRole("heading", { level: 1, name: says.title }).waitFor();
      await page.getByText(fill(says.count, { count: 47 })).waitFor();
      await audit("all fields");

      await find(page, "giay khai sihn");
      await page.getByRole("link", { name: "Đăng ký khai sinh", exact: true }).waitFor();
      await audit("found");
      await find(page, "zzzz");
      await page.getByText(fill(says.nothing, { query: "zzzz" })).waitFor();
      await audit("nothing found");

      await page.getByLabel(says.where).selectOption({ label: COMMUNE });
      await find(page, "");
      await page.getByRole("heading", { level: 2, name: COMMUNE }).waitFor();
      await page.getByRole("link", { name: "Hộ tịch" }).click();
      await page.getByRole("heading", { level: 1, name: "Hộ tịch" }).waitFor();
      await audit("a field");

      await page.getByRole("link", { name: "Đăng ký kết hôn", exact: true }).click();
      await page.getByText(says.not_online).waitFor();
      await page.getByText(COMMUNE).first().waitFor();
      await page.getByText("07:00 – 11:30, 13:30 – 17:00").waitFor();
      await audit("to be brought to the desk");

      await page.goto("/dich-vu/tach-thua-hop-thua");
      await page.getByText(says.unknown).first().waitFor();
      await page.getByLabel(says.where).selectOption({ label: COMMUNE });
      await page.getByRole("button", { name: says.show }).click();
      await page.getByText(new RegExp(`${COMMUNE}, điện thoại`)).first().waitFor();
      await audit("little is known");

      await page.goto("/dich-vu");
      await find(page, "xay nha");
      await page.getByRole("link", { name: "Giấy phép xây dựng nhà ở riêng lẻ" }).click();
      await audit("to be filed here");
      await page.getByRole("link", { name: says.open }).click();
      await page.getByRole("button", { name: words().procedure.start }).first().waitFor();

      // What was looked at stays on this phone until it is forgotten.
      await page.goto("/dich-vu");
      await page.getByRole("heading", { level: 2, name: says.recent }).waitFor();
      await audit("looked at before");
      await page.locator("#recent").getByRole("link", { name: "Tách thửa, hợp thửa đất" }).waitFor();
      await page.getByRole("button", { name: says.forget }).click();
      await page.reload();
      await page.getByText(fill(says.count, { count: 47 })).waitFor();
      assert.equal(await page.locator("#recent").isVisible(), false);

      visit.allow(/status of 404/);
      await page.goto("/dich-vu/khong-co");
      await page.getByRole("heading", { level: 1, name: "Không có dịch vụ này" }).waitFor();
      await audit("no such service");
    },
    device,
  );
}

journey(
  "services without scripts",
  async (visit) => {
    const { page } = visit;
    await page.goto("/plain");
    await page.getByRole("link", { name: says.all }).click();
    await looked(visit, "all fields");
    await find(page, "mai tang");
    await page.getByRole("link", { name: "Hỗ trợ chi phí mai táng" }).click();
    await page.getByRole("link", { name: says.open }).waitFor();
    await looked(visit, "to be filed here");
    await page.getByRole("link", { name: words().plain.title }).click();
    await page.locator("#agency").waitFor();
  },
  { context: { javaScriptEnabled: false } },
);
