// Opens phones on the real server. A journey fails on any page error, on anything
// the content security policy refuses, and on anything axe finds.

import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { chromiumPath, sandbox, startServer } from "./server.mjs";

export * from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.MOTCUA_SHOTS;

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const NARROWEST = { width: 320, height: 640 };

let browser;
let server;
const switches = [];
let serving = {};

/** Starts this file's browser with more switches: a false camera, for example. Call it before the first journey. */
export const launchWith = (...more) => switches.push(...more);

/** Starts this file's server with these options: a data folder that was made ready, for example. Call it before the first journey. */
export const serveWith = (options) => (serving = options);

after(async () => {
  await browser?.close();
  await server?.stop();
});

/**
 * One test on one phone. `work` gets a visit: `{ page, server, audit, shot, allow, context }`.
 * The server and the browser are shared by the journeys of a file; the phone and what it stores are new each time.
 * `desk: true` opens a 1280 × 800 window instead.
 */
export function journey(name, work, { desk = false, context: extra = {}, seconds = 120 } = {}) {
  test(name, { timeout: seconds * 1000 }, async () => {
    server ??= await startServer(serving);
    browser ??= await chromium.launch({
      executablePath: chromiumPath,
      chromiumSandbox: sandbox,
      args: switches,
    });
    const device = desk ? { viewport: DESK } : { viewport: PHONE, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
    const context = await browser.newContext({
      ...device,
      baseURL: server.url,
      locale: "vi-VN",
      timezoneId: "Asia/Ho_Chi_Minh",
      ...extra,
    });
    context.setDefaultTimeout(15_000);
    const visit = await open(context, name);
    try {
      await work(visit);
      if (visit.complaints().length > 0) throw new Error("everything else went well");
    } catch (error) {
      await visit.shot("failed").catch(() => {});
      const said = visit.complaints();
      if (said.length === 0) throw error;
      throw new Error(`${error.message}\nThe page complained:\n${said.join("\n")}`, { cause: error });
    } finally {
      await context.close();
    }
  });
}

async function open(context, name) {
  const complaints = [];
  const allowed = [];
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`content security policy: ${event.violatedDirective} refused ${event.blockedURI || event.sample}`);
    });
  });
  context.on("page", (page) => {
    page.on("pageerror", (error) => complaints.push(`error: ${error.stack ?? error}`));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
  });
  const page = await context.newPage();
  const visit = {
    page,
    context,
    server,
    /** Lets the page complain in this way: a refused code is a 404, which the browser prints as an error. */
    allow: (pattern) => allowed.push(pattern),
    complaints: () => complaints.filter((text) => !allowed.some((pattern) => pattern.test(text))),
    /** A picture in $MOTCUA_SHOTS, if that is set. */
    shot: (label, on = page) => shot(on, name, label),
    /**
     * axe in light and dark, and no sideways scroll at 320 px. Call it on every screen and state.
     * What it finds fails the journey at its end, so that one run tells all of it.
     */
    audit: async (label, on = page) => {
      for (const found of await audit(on, name, label)) complaints.push(`“${label}”: ${found}`);
    },
  };
  return visit;
}

async function shot(page, journeyName, label) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  const file = `${journeyName} ${label}`.replaceAll(/[^\p{L}\p{N}]+/gu, "-");
  await page.screenshot({ path: join(shots, `${file}.png`), fullPage: true });
}

async function audit(page, journeyName, label) {
  await shot(page, journeyName, label);
  // Evaluated from outside, so that the policy need not allow it.
  await page.evaluate(`window.axe || (() => { ${axe} })()`);
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Only colours differ between light and dark.
    const only = colorScheme === "dark" ? { runOnly: ["color-contrast", "link-in-text-block"] } : {};
    const violations = await page.evaluate(async (only) => (await window.axe.run(only)).violations, only);
    for (const { id, help, nodes } of violations) {
      for (const node of nodes) found.push(`${colorScheme}: ${id}: ${help}\n    ${node.html}\n    ${node.failureSummary}`);
    }
    if (colorScheme === "dark") await shot(page, journeyName, `${label} dark`);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const size = page.viewportSize();
  await page.setViewportSize(NARROWEST);
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const parts = [...document.querySelectorAll("body *")].filter((part) => part.getBoundingClientRect().right > room + 1);
    return parts.slice(0, 5).map((part) => part.outerHTML.slice(0, 160));
  });
  await page.setViewportSize(size);
  for (const part of wide) found.push(`wider than 320 px: ${part}`);
  return found;
}
