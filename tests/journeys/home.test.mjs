// The first screen: painted before the program, drawn by the program, walked by keyboard, honest when something fails.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { journey } from "../harness.mjs";

journey("the home page opens", async ({ page, audit }) => {
  await page.goto("/");
  await page.locator("#first").waitFor({ state: "detached" });
  await page.getByRole("main").waitFor();
  assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
  await audit("home");
});

journey("the home page opens on a desk", async ({ page, audit }) => {
  await page.goto("/");
  await page.locator("#first").waitFor({ state: "detached" });
  await audit("home");
}, { desk: true });

journey("the skip link leads into the main part", async ({ page }) => {
  await page.goto("/");
  await page.locator("#first").waitFor({ state: "detached" });
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Bỏ qua, đến nội dung chính" });
  assert.ok(await skip.evaluate((link) => link === document.activeElement), "the first Tab reaches the skip link");
  await page.keyboard.press("Enter");
  const inside = () => document.activeElement?.closest("main") !== null;
  assert.ok(await page.evaluate(inside), "and Enter moves the focus into the main part");
});

journey("the first words are there before the program", async ({ page, audit }) => {
  await page.route("**/*.wasm", () => {}); // never answered
  await page.goto("/", { waitUntil: "commit" });
  await page.getByRole("heading", { name: "Nộp hồ sơ trực tuyến" }).waitFor();
  await page.getByText("Đang mở trang…").waitFor();
  await page.getByRole("progressbar").waitFor();
  await audit("waiting");
});

journey("the questions of a form are seen before the program", async ({ page, audit }) => {
  const person = citizen({ page });
  await person.begin("ho-tro-chi-phi-mai-tang");
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await person.onward();
  await person.onward();
  const label = await page.locator("main .label").first().innerText();
  await page.route("**/*.wasm", () => {}); // never answered
  await page.reload({ waitUntil: "commit" });
  await page.locator("#first .skeleton").getByText(label, { exact: true }).waitFor();
  assert.equal(await page.locator("#first input").count(), 0, "nothing takes letters that would be lost");
  await audit("waiting for a form");
  await page.unroute("**/*.wasm");
  await page.reload();
  await person.settled();
  assert.equal(await page.locator("main .label").first().innerText(), label);
  // The service worker has the program on the phone.
}, { context: { serviceWorkers: "block" } });

journey("a failed download is told and mended by one button", async ({ page, audit, allow }) => {
  allow(/Failed to fetch|ERR_FAILED|Failed to load resource/);
  await page.clock.install();
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/");
  const again = page.getByRole("button", { name: "Thử lại" });
  // Each attempt fails in its own time; only the waits between them are passed over.
  for (let turn = 0; turn < 100 && !(await again.isVisible()); turn += 1) {
    await page.waitForTimeout(100);
    await page.clock.fastForward(5_000);
  }
  await again.waitFor();
  await page.getByText("Chưa tải được trang.").waitFor();
  await audit("failed");
  await page.unroute("**/*.wasm");
  await again.click();
  await page.locator("#first").waitFor({ state: "detached" });
  // The service worker fetches by itself, past the route, and would bring the program between two attempts.
}, { context: { serviceWorkers: "block" } });

journey("a browser that is too old is told so", async ({ page, context, audit }) => {
  await context.addInitScript(() => (WebAssembly.validate = () => false));
  await page.goto("/");
  await page.getByText("Trình duyệt này quá cũ để mở trang.").waitFor();
  await audit("too old");
});

journey("without JavaScript there are words and a way", async ({ page, shot }) => {
  await page.goto("/");
  // Found by its place: Playwright looks for no words inside <noscript>.
  await page.locator("noscript .warning").waitFor();
  await shot("no script");
}, { context: { javaScriptEnabled: false } });
