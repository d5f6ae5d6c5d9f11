// Papers on a poor line: cut, reloaded, left for another day, the server killed. What has arrived is not sent again, and
// the person sees how far it is.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { citizen } from "../citizen.mjs";
import { journey, motcua, pause, startServer } from "../harness.mjs";
import { openLine } from "../line.mjs";
import { file, pdf } from "../paper.mjs";
import { example, pattern, words } from "../words.mjs";

const says = words();
const bodies = /^(PATCH|PUT) /;
/** Bytes a second: 3.2 Mbps. */
const SPEED = 400_000;

const forms = { "nd20-04": example("nd20-04", "ok-gia-dinh"), "nguoi-nop": example("nguoi-nop", "ok-tu-nop") };

/** A dossier with a paper of 1.5 MB that stands before its last button, and a line to a server of its own. */
const ready = (name, work) =>
  journey(name, async (visit) => {
    visit.allow(/Failed to load resource|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED/);
    const home = { server: await startServer() };
    const line = await openLine(home.server.url);
    const { page } = visit;
    const goto = page.goto.bind(page);
    page.goto = (path, options) => goto(path.startsWith("/") ? line.url + path : path, options);
    try {
      const person = citizen({ page });
      await person.begin("ho-tro-chi-phi-mai-tang");
      await person.agency("UBND xã Hướng Lập");
      await person.guided({ truong_hop: "tro-cap" });
      await person.onward();
      await person.fillAll(forms);
      const check = page.url();
      await page.goto(check.replace(/check$/, "papers"));
      await person.settled();
      const ask = page.locator(".paper-ask").first();
      await ask.locator("input[type=file]").nth(1).setInputFiles(file("to.pdf", "application/pdf", pdf("to", 1_500_000)));
      await ask.getByText("1,5 MB").first().waitFor();
      await person.settled();
      await page.goto(check);
      await person.settled();
      line.slow(SPEED);
      const button = page.getByRole("button", { name: says.check.send, exact: true });
      const one = { ...visit, person, line, home };
      // What is to be sent is written down before any of it goes.
      one.send = () => button.click().then(async () => (one.all = await page.evaluate(bytesToSend)));
      await work(one);
    } finally {
      await line.close();
      await home.server.stop();
    }
  }, { seconds: 240 });

/** Runs in the page: the bytes of all papers that are to be sent, once that is written down. */
async function bytesToSend() {
  const open = indexedDB.open("motcua");
  await new Promise((done) => (open.onsuccess = done));
  for (;;) {
    const all = open.result.transaction("outbox").objectStore("outbox").getAll();
    await new Promise((done) => (all.onsuccess = done));
    const [waiting] = all.result;
    if (waiting) return JSON.parse(waiting.manifest).papers.reduce((sum, { bytes }) => sum + bytes, 0);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Once so many bytes have gone over the line. */
async function passed(line, bytes) {
  for (let round = 0; line.sent(bodies) < bytes; round += 1) {
    assert.ok(round < 600, `only ${line.sent(bodies)} bytes went over the line`);
    await pause(50);
  }
}

/** The receipt is there, the dossier is whole, and no more was sent again than one part. */
async function arrived(visit) {
  await visit.person.receipt();
  sentAgain(visit);
}

function sentAgain({ line, home, all }) {
  const again = line.sent(bodies) - all;
  const part = Math.max(...line.requests(bodies).map(({ whole }) => whole));
  console.log(`  ${again} of ${all} bytes sent again, the largest part had ${part}`);
  const went = line.requests(/uploads|papers/).map(({ what, bytes, whole, status }) => `    ${what}: ${bytes} of ${whole}, ${status}`);
  assert.ok(again >= 0 && again <= part, `${again} bytes sent again\n${went.join("\n")}`);
  const told = execFileSync(motcua, ["doctor", "--data", home.server.data], { encoding: "utf8" });
  assert.match(told, /^dossiers\s+1$/m);
  assert.match(told, /^papers\s+\d+, bad 0$/m);
  assert.equal(readdirSync(join(home.server.data, "uploads")).length, 0);
}

ready("the line is cut at nine tenths and mended", async (visit) => {
  const { page, line, send, audit } = visit;
  line.slow(SPEED / 3);
  const all = await send();
  const cut = line.cutAfter(Math.floor(all * 0.9) - line.sent());
  await page.getByText(pattern(says.send.papers)).waitFor();
  await page.getByRole("heading", { name: says.send.all, exact: true }).waitFor();
  await page.getByText(pattern(says.send.left_soon)).waitFor();
  const bar = page.getByRole("progressbar", { name: says.send.all, exact: true });
  const share = await bar.evaluate((bar) => bar.value / bar.max);
  assert.ok(share > 0 && share < 1, `${share}`);
  await audit("papers on their way");
  await cut;
  await page.getByText(says.send.weak).waitFor();
  await audit("a weak line");
  line.mend();
  await arrived(visit);
});

ready("the page is loaded anew in the middle", async (visit) => {
  const { page, line, send } = visit;
  await passed(line, (await send()) / 2);
  await page.reload();
  await arrived(visit);
});

ready("the page is closed in the middle, and when the site is opened again it goes on without being asked", async (visit) => {
  const { page, context, line, send } = visit;
  await passed(line, (await send()) / 2);
  await page.close();
  const later = await context.newPage();
  await later.goto(`${line.url}/`);
  await later.getByRole("heading", { name: says.home.sent }).waitFor({ timeout: 60_000 });
  assert.equal(await later.getByText(says.home.go_on, { exact: true }).count(), 0);
  sentAgain(visit);
});

ready("the page is closed in the middle, and another day the person looks where it stands", async (visit) => {
  const { page, context, line, send } = visit;
  await passed(line, (await send()) / 2);
  line.cut();
  await page.close();
  const later = await context.newPage();
  await later.clock.setFixedTime(Date.now() + 24 * 3_600_000);
  const person = citizen({ page: later });
  line.mend();
  await later.goto(`${page.url().replace(/check$/, "send")}`);
  await arrived({ ...visit, person });
});

ready("the server is killed in the middle and comes back", async (visit) => {
  const { line, home, send } = visit;
  await passed(line, (await send()) / 2);
  await home.server.kill();
  // Where no server listens no connection is made, so the line takes nothing in its place meanwhile.
  line.cut();
  home.server = await startServer({ data: home.server.data, port: new URL(home.server.url).port });
  line.mend();
  await arrived(visit);
});

ready("without a network nothing is tried, and with it all goes on by itself", async (visit) => {
  const { page, context, line, send } = visit;
  await passed(line, (await send()) / 2);
  await context.setOffline(true);
  await page.getByRole("heading", { name: says.send.offline_title }).waitFor();
  await page.getByText(says.send.offline).waitFor();
  await context.setOffline(false);
  await arrived(visit);
});

ready("a server that has lost the papers is sent them again", async (visit) => {
  const { page, home, send, person } = visit;
  const empty = mkdtempSync(join(tmpdir(), "motcua-"));
  let lost = false;
  await page.route("**/api/v1/dossiers", async (route) => {
    if (!lost) {
      lost = true;
      await home.server.stop();
      home.server = await startServer({ data: empty, port: new URL(home.server.url).port });
    }
    await route.continue();
  });
  await send();
  await person.receipt();
  const told = execFileSync(motcua, ["doctor", "--data", empty], { encoding: "utf8" });
  assert.match(told, /^dossiers\s+1$/m);
  assert.match(told, /^papers\s+[1-9]\d*, bad 0$/m);
});
