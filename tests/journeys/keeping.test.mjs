// Nothing typed is lost and nothing sent is doubled: reloads, killed browsers, killed servers, cut networks.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ownBrowser } from "../browser.mjs";
import { citizen } from "../citizen.mjs";
import { journey, motcua, startServer } from "../harness.mjs";
import { file, onTable } from "../paper.mjs";
import { example, fill, pattern, words } from "../words.mjs";

const says = words();
const FUNERAL = "ho-tro-chi-phi-mai-tang";
const LEAVING = "cong-nhan-ho-thoat-ngheo";
const answers = example("nd20-04", "ok-gia-dinh");
const short = { "qd24-04": example("qd24-04", "ok-thoat-can-ngheo"), "nguoi-nop": example("nguoi-nop", "ok-tu-nop") };

/** A draft whose first step is half filled. */
async function half(person) {
  await person.begin(FUNERAL);
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await person.onward();
  await person.onward();
  await person.at("nc_ho_ten").fill(answers.nc_ho_ten);
  await person.at("nc_ngay_sinh.year").fill("1951");
  await person.settled();
}

async function stillHalf(person) {
  await person.settled();
  assert.equal(await person.at("nc_ho_ten").inputValue(), answers.nc_ho_ten);
  assert.equal(await person.at("nc_ngay_sinh.year").inputValue(), "1951");
}

journey("a reload loses nothing, and home offers to go on", async ({ page, audit }) => {
  const person = citizen({ page, audit });
  await half(person);
  await page.reload();
  await stillHalf(person);
  await page.goto("/");
  await person.settled();
  await page.getByRole("heading", { name: says.home.go_on }).waitFor();
  await audit("home with a draft");
  await page.getByRole("link", { name: says.home.go_on_link, exact: true }).click();
  await page.waitForURL("**/tasks");
  await person.settled();
  await page.getByText(says.tasks.started, { exact: true }).waitFor();
  await person.onward();
  await stillHalf(person);
});

journey("a draft is thrown away only when asked twice", async ({ page, audit }) => {
  const person = citizen({ page, audit });
  await half(person);
  const address = page.url();
  await page.goto("/");
  await person.settled();
  await page.getByRole("button", { name: says.home.discard, exact: true }).click();
  await page.getByText(pattern(says.home.discard_sure)).waitFor();
  await audit("sure");
  await page.getByRole("button", { name: says.home.discard_no, exact: true }).click();
  await page.getByRole("button", { name: says.home.discard, exact: true }).click();
  await page.getByRole("button", { name: says.home.discard_yes, exact: true }).click();
  await page.getByRole("heading", { name: says.home.go_on }).waitFor({ state: "detached" });
  await page.goto(address);
  await page.getByRole("heading", { name: says.apply.gone_title }).waitFor();
  await audit("gone");
  await page.goto("/");
  await person.settled();
  assert.equal(await page.getByText(says.saved.lost).count(), 0, "what was thrown away is not called lost");
});

test("a killed browser loses nothing, papers included", { timeout: 120_000 }, async () => {
  const server = await startServer();
  const profile = mkdtempSync(join(tmpdir(), "motcua-profile-"));
  let browser = await ownBrowser(profile);
  try {
    const to = (path) => `${server.url}${path}`;
    const first = citizen({ page: relative(browser.page, to) });
    await half(first);
    const step = browser.page.url();
    await browser.page.goto(step.replace(/forms\/.*$/, "papers"));
    await first.attach();
    await first.settled();
    // One more page, photographed and not looked at yet.
    const { jpeg } = await onTable(browser.page, "Trang hai", { width: 1500, height: 2000 });
    await browser.page.locator("input[type=file]").first().setInputFiles(file("IMG_2.jpg", "image/jpeg", jpeg));
    await browser.page.waitForURL("**/papers/*");
    // "Saved on this device" is said only once it is on the disk.
    await first.settled();
    await browser.kill();
    browser = await ownBrowser(profile);
    const second = citizen({ page: browser.page });
    await browser.page.goto(to("/"));
    await second.settled();
    await browser.page.getByRole("link", { name: says.home.go_on_link, exact: true }).waitFor();
    await browser.page.goto(step);
    await stillHalf(second);
    await browser.page.goto(step.replace(/forms\/.*$/, "papers"));
    await second.settled();
    const pictures = browser.page.locator(".pages img.thumb");
    await pictures.nth(1).waitFor();
    for (const picture of await pictures.all()) {
      assert.ok(await picture.evaluate((image) => image.decode().then(() => image.naturalWidth > 0)), "the picture opens");
    }
    await browser.page.locator(".pages > li").nth(1).getByText(says.papers.unseen).waitFor();
  } finally {
    await browser.kill();
    await server.stop();
    rmSync(profile, { recursive: true, force: true });
  }
});

/** The page with addresses below the server's, as a context with a base address has them. */
function relative(page, to) {
  const goto = page.goto.bind(page);
  page.goto = (path, options) => goto(path.startsWith("/") ? to(path) : path, options);
  return page;
}

/** How many dossiers the data folder holds, and whether it is sound. */
function dossiers(data) {
  const told = execFileSync(motcua, ["doctor", "--data", data], { encoding: "utf8" });
  return Number(told.match(/^dossiers\s+(\d+)/m)[1]);
}

/** A dossier that is filled and stands before its last button, on a server of its own. */
const ready = (name, work) =>
  journey(name, async (visit) => {
    const server = await startServer();
    try {
      const { page } = visit;
      const person = citizen({ page: relative(page, (path) => `${server.url}${path}`) });
      await person.begin(LEAVING);
      await person.agency("UBND xã Hướng Phùng");
      await person.guided({ trong_danh_sach: "yes" });
      await person.onward();
      await person.fillAll(short);
      const button = page.getByRole("button", { name: says.check.send, exact: true });
      await work({ ...visit, person, button, home: server });
    } finally {
      await server.stop();
    }
  });

const again = (page) => page.getByRole("button", { name: says.send.retry, exact: true });

ready("one answer is mended from the look-over and nothing else is asked again", async ({ page, person }) => {
  const name = person.at("ho_ten");
  await page.locator("dl.answers a[href*='/forms/nguoi-nop/']").first().click();
  await page.waitForURL("**/forms/nguoi-nop/**");
  await person.settled();
  await name.fill("Nguyễn Thị Lụa");
  await person.press();
  assert.match(person.path(), /\/check$/);
  await page.getByText("Nguyễn Thị Lụa", { exact: true }).waitFor();
});

ready("a double tap sends once", async ({ page, person, button, home }) => {
  await button.dblclick();
  await person.receipt();
  await page.goBack();
  await person.settled();
  assert.equal(dossiers(home.data), 1);
});

ready("the server dies before it has the dossier", async ({ page, person, button, home, audit, allow }) => {
  allow(/Failed to load resource|ERR_CONNECTION/);
  await home.kill();
  await button.click();
  await page.getByText(says.send.failed).waitFor();
  await audit("not sent");
  const risen = await startServer({ data: home.data, port: new URL(home.url).port });
  try {
    await again(page).click();
    await person.receipt();
    assert.equal(dossiers(home.data), 1);
  } finally {
    await risen.kill();
  }
});

ready("the server dies after it has the dossier and before it can say so", async ({ page, person, button, home, allow }) => {
  allow(/Failed to load resource|ERR_FAILED|ERR_CONNECTION/);
  let told;
  await page.route("**/api/v1/dossiers", async (route) => {
    // It is tried again by itself a few times, before the person is asked.
    if (told) return route.abort();
    const answer = await route.fetch();
    told = (await answer.json()).code;
    await home.kill();
    await route.abort();
  });
  await button.dblclick();
  await page.getByText(says.send.failed).waitFor();
  await page.unroute("**/api/v1/dossiers");
  const risen = await startServer({ data: home.data, port: new URL(home.url).port });
  try {
    await again(page).dblclick();
    assert.equal(await person.receipt(), told, "the code it would have had");
    await person.track(told);
    assert.equal(dossiers(home.data), 1);
  } finally {
    await risen.kill();
  }
});

ready("the network is cut while sending: it goes by itself when it is back", async ({ page, person, button, home, context, audit, allow }) => {
  allow(/Failed to load resource|ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
  await page.getByText(says.frame.offline).waitFor();
  await audit("offline");
  await button.click();
  await page.getByText(says.send.offline).waitFor();
  await audit("waits to be sent");
  await context.setOffline(false);
  await person.receipt();
  assert.equal(dossiers(home.data), 1);
  await page.goto("/");
  await person.settled();
  assert.equal(await page.getByRole("heading", { name: says.home.go_on }).count(), 0);
});

ready("a busy server is waited for in words", async ({ page, person, button, home, audit, allow }) => {
  allow(/Failed to load resource/);
  let refused = 0;
  await page.route("**/api/v1/dossiers", (route) => {
    refused += 1;
    if (refused > 1) return route.continue();
    return route.fulfill({ status: 503, headers: { "Retry-After": "3" }, contentType: "application/problem+json", body: "{}" });
  });
  await button.click();
  await page.getByText(fill(says.send.busy, { seconds: 3 })).waitFor();
  await audit("busy");
  await person.receipt();
  assert.equal(dossiers(home.data), 1);
});
