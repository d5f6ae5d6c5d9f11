// One visit to a page on an empty phone, measured: how long until it can be used, and how many bytes come over the line.

import { citizen } from "./citizen.mjs";

/** Chrome's own "Slow 4G": 1.6 Mbps down, 750 kbps up, 150 ms there and back; and a processor of a quarter. */
export const SLOW_4G = { latency: 150, down: 1_600_000, up: 750_000, processor: 4 };
/** A poor place on an old phone: 400 kbit/s, 400 ms, and a processor of a sixth. */
export const SLOW_3G = { latency: 400, down: 400_000, up: 400_000, processor: 6 };

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

const FUNERAL = { procedure: "ho-tro-chi-phi-mai-tang", agency: "UBND xã Hướng Lập", answers: { truong_hop: "tro-cap" } };

/** Begins a draft as people do, as far as the first step of its first form; answers its address. */
export async function begun(page, { procedure, agency, answers } = FUNERAL) {
  const person = citizen({ page });
  await person.begin(procedure);
  await person.agency(agency);
  await person.guided(answers);
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

/** Makes the line and the processor of a page slow. */
export async function slowed(devtools, { latency, down, up, processor }) {
  const line = { latency, downloadThroughput: down / 8, uploadThroughput: up / 8, offline: false };
  await devtools.send("Network.emulateNetworkConditions", line);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: processor });
}

/**
 * One visit with an empty cache: `{ time, bytes, requests }`, in milliseconds until the control takes letters. `path` gets the
 * page ready and answers the address; `empty` loads nothing; `slow` is one of the above or nothing.
 */
export async function visit(browser, url, { path, control, empty = "/api/v1/health" }, slow) {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
  const context = await browser.newContext({ ...phone, baseURL: url, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh" });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    const address = await path(page);
    if (page.url().startsWith(url)) await forget(page, devtools);
    // A page of the same address that loads nothing of the site.
    await page.goto(empty);
    let bytes = 0;
    let requests = 0;
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests += 1;
    });
    if (slow) await slowed(devtools, slow);
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

export const median = (figures) => figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)];
export const seconds = (figures) => `${(median(figures) / 1000).toFixed(2)} s`;
