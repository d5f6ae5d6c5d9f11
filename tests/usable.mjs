// How long a first visit takes until it can be used: the home page, and the first step of a form. Each time is measured
// on an empty phone, once on this machine as it is and once as on a cheap phone on slow 4G. Prints a table, asserts no time.

import { chromium } from "playwright-core";
import { citizen } from "./citizen.mjs";
import { chromiumPath, sandbox, startServer } from "./server.mjs";

const RUNS = Number(process.env.MOTCUA_RUNS ?? 3);
/** Chrome's own "Slow 4G": 1.6 Mbps down, 750 kbps up, 150 ms there and back; and a processor of a quarter. */
const SLOW = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, offline: false };
const SLOWER = 4;

const PROCEDURE = "ho-tro-chi-phi-mai-tang";
const PAGES = [
  { name: "home: the search takes letters", path: () => "/", control: "#app input[type=search]" },
  { name: "procedure: the button that starts", path: () => `/procedures/${PROCEDURE}`, control: "#app main button.button" },
  { name: "form: the first question takes letters", path: begun, control: "#app main input" },
];

/** Runs in the page: notes when the control is there and painted, in milliseconds since the visit began. */
function watch(control) {
  const look = () => {
    if (!document.querySelector(control)?.getClientRects().length) return;
    watching.disconnect();
    requestAnimationFrame(() => setTimeout(() => (globalThis.usableAt = performance.now())));
  };
  const watching = new MutationObserver(look);
  watching.observe(document, { childList: true, subtree: true });
}

/** Begins a draft as people do, as far as the first step of Mẫu số 04; answers its address. */
async function begun(page) {
  const person = citizen({ page });
  await person.begin(PROCEDURE);
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await person.onward();
  await person.onward();
  return new URL(page.url()).pathname;
}

/** Takes away all that the phone keeps of the site, but for what was typed. */
async function forget(page, devtools) {
  await page.evaluate(async () => {
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  });
  await devtools.send("Network.clearBrowserCache");
}

/** One visit with an empty cache: `{ time, bytes, requests }`. */
async function visit(browser, url, { path, control }, slow) {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
  const context = await browser.newContext({ ...phone, baseURL: url, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh" });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    const address = await path(page);
    if (page.url().startsWith(url)) await forget(page, devtools);
    // A page of the same address that loads nothing of the site.
    await page.goto("/api/v1/health");
    let bytes = 0;
    let requests = 0;
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests += 1;
    });
    if (slow) {
      await devtools.send("Network.emulateNetworkConditions", SLOW);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    }
    await page.addInitScript(watch, control);
    await page.goto(address, { waitUntil: "commit" });
    const usable = await page.waitForFunction(() => globalThis.usableAt, null, { timeout: 120_000 });
    const found = { time: await usable.jsonValue(), bytes, requests };
    // Usable is what can be used: letters stay in it.
    const field = page.locator(control).first();
    if (await field.evaluate((element) => element.tagName === "INPUT")) {
      await field.pressSequentially("ho");
      if ((await field.inputValue()) !== "ho") throw new Error(`${address} lost letters`);
    }
    return found;
  } finally {
    await context.close();
  }
}

const median = (figures) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
const seconds = (figures) => `${(median(figures) / 1000).toFixed(2)} s`;

const server = await startServer();
const browser = await chromium.launch({ executablePath: chromiumPath, chromiumSandbox: sandbox });
try {
  console.log(`\nFirst visit until usable, empty cache, medians of ${RUNS} (least to most)`);
  console.log("slow: 1.6 Mbps down, 150 ms, processor at a quarter; plain: this machine as it is");
  const head = ["", "plain", "slow", "ratio", "kB", "files"];
  console.log([head[0].padEnd(42), ...head.slice(1, 3).map((word) => word.padStart(8)), ...head.slice(3).map((word) => word.padStart(7))].join(" "));
  // The first visit of a new browser is slower for its own reasons.
  await visit(browser, server.url, PAGES[0], false);
  for (const what of PAGES) {
    const plain = [];
    const slow = [];
    for (let run = 0; run < RUNS; run += 1) {
      plain.push(await visit(browser, server.url, what, false));
      slow.push(await visit(browser, server.url, what, true));
    }
    const [fast, late] = [plain, slow].map((runs) => runs.map(({ time }) => time));
    const ratio = `${median(late.map((time, run) => time / fast[run])).toFixed(1)}x`;
    const bytes = (median(slow.map((run) => run.bytes)) / 1000).toFixed(0);
    const files = String(median(slow.map((run) => run.requests)));
    const range = `(${(Math.min(...late) / 1000).toFixed(2)} to ${(Math.max(...late) / 1000).toFixed(2)} s)`;
    console.log(
      [what.name.padEnd(42), seconds(fast).padStart(8), seconds(late).padStart(8), ratio.padStart(7), bytes.padStart(7), files.padStart(7), range].join(" "),
    );
  }
} finally {
  await browser.close();
  await server.stop();
}
