// Without a network: pages that were never opened open, a draft goes on, and what is to be sent goes by itself.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { citizen } from "../citizen.mjs";
import { journey, motcua, startServer } from "../harness.mjs";
import { example, procedureName, words } from "../words.mjs";

const says = words();
const FUNERAL = "ho-tro-chi-phi-mai-tang";
const LEAVING = "cong-nhan-ho-thoat-ngheo";
const short = { "qd24-04": example("qd24-04", "ok-thoat-can-ngheo"), "nguoi-nop": example("nguoi-nop", "ok-tu-nop") };

/** The service worker has everything and answers for this page. */
async function kept(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", taken, { once: true }));
    }
  });
}

const offline = /Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION_REFUSED/;

/** A visit to a server of its own, which can be stopped: nothing is more offline than that. */
const visit = (name, work) =>
  journey(name, async ({ context, page, audit, allow }) => {
    const server = await startServer();
    allow(offline);
    try {
      const goto = page.goto.bind(page);
      page.goto = (path, options) => goto(path.startsWith("/") ? `${server.url}${path}` : path, options);
      await work({ context, page, audit, server, person: citizen({ page, audit }) });
    } finally {
      await server.stop();
    }
  });

visit("a site that was opened once opens without a network", async ({ page, audit, server, person }) => {
  await person.begin(FUNERAL);
  await kept(page);
  const draft = page.url();
  await server.stop();
  await page.goto("/");
  await person.settled();
  await page.getByRole("heading", { name: says.home.go_on }).waitFor();
  await audit("home offline");
  await page.getByRole("link", { name: procedureName(FUNERAL), exact: true }).click();
  await page.getByRole("button", { name: says.procedure.start, exact: true }).first().waitFor();
  await page.goto("/track");
  await person.settled();
  await page.getByRole("textbox", { name: says.track.label }).waitFor();
  await page.goto(draft);
  await person.settled();
  await person.agency("UBND xã Hướng Lập");
  await page.goto(`${server.url}/procedures/cong-nhan-ho-ngheo`);
  await person.settled();
  await page.getByRole("heading", { name: says.frame.failed }).waitFor();
  await audit("never opened");
});

visit("a dossier sent without a network goes when any page of the site opens again", async ({ context, page, server, person }) => {
  await person.begin(LEAVING);
  await kept(page);
  await person.agency("UBND xã Hướng Phùng");
  await person.guided({ trong_danh_sach: "yes" });
  await person.onward();
  await person.fillAll(short);
  await server.kill();
  await page.getByRole("button", { name: says.check.send, exact: true }).click();
  await page.getByText(says.send.failed).waitFor();
  await page.close();
  const risen = await startServer({ data: server.data, port: new URL(server.url).port });
  try {
    const second = await context.newPage();
    await second.goto(`${server.url}/`);
    await second.getByRole("heading", { name: says.home.sent }).waitFor();
    assert.equal(await second.getByRole("heading", { name: says.home.go_on }).count(), 0, "the draft has become a receipt");
    const told = execFileSync(motcua, ["doctor", "--data", server.data], { encoding: "utf8" });
    assert.match(told, /^dossiers\s+1$/m);
    await second.locator("main a[href^='/receipts/']").click();
    await second.getByRole("heading", { name: says.receipt.title }).waitFor();
  } finally {
    await risen.stop();
  }
});

visit("two tabs with one draft do not write over each other", async ({ context, page, server, person }) => {
  await person.begin(FUNERAL);
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await person.onward();
  await person.onward();
  const step = page.url();
  await person.at("nc_ho_ten").fill("Nguyễn Văn Một");
  await person.settled();
  const second = await context.newPage();
  const other = citizen({ page: second });
  await second.goto(step);
  await other.settled();
  await other.at("nc_ho_ten").fill("Nguyễn Văn Hai");
  await other.settled();
  // The first tab still shows the old name. What is typed there now must not take the new one away.
  await person.at("nc_ngay_sinh.year").fill("1951");
  await page.getByText(says.saved.elsewhere).waitFor();
  await page.reload();
  await person.settled();
  assert.equal(await person.at("nc_ho_ten").inputValue(), "Nguyễn Văn Hai");
  await person.at("nc_ngay_sinh.year").fill("1951");
  await person.settled();
  await page.reload();
  await person.settled();
  assert.equal(await person.at("nc_ngay_sinh.year").inputValue(), "1951");
  assert.ok(server.url);
});
