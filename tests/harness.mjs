// Starts the real server on an empty data folder and opens phones on it. A journey fails on any page error, on anything
// the content security policy refuses, and on anything axe finds.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const shots = process.env.MOTCUA_SHOTS;
/** The program that serves and looks data over. */
export const motcua = process.env.MOTCUA_BIN ?? join(root, "target/debug/motcua");
/** The browser to drive; nothing means the one that Playwright brings. */
export const chromiumPath = process.env.MOTCUA_CHROMIUM;
// Chromium's own sandbox cannot start as root, which is what a container is.
export const sandbox = process.getuid?.() !== 0;
/** The built site; another folder than `dist` tries a build that is not the released one. */
const site = process.env.MOTCUA_SITE ?? "dist";
/** The forms the server offers; those the site was built with. */
const forms = process.env.MOTCUA_FORMS ?? "forms";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };
const NARROWEST = { width: 320, height: 640 };

/**
 * Starts `motcua serve`, on a free port unless one is named; answers `{ url, data, log, kill, stop }` once it is healthy.
 * `kill` ends it as a power cut does, and leaves its data; `stop` ends it in good order and takes its data away.
 */
export async function startServer({ data = mkdtempSync(join(tmpdir(), "motcua-")), port = 0, env = {} } = {}) {
  const args = ["serve", "--data", data, "--site", site, "--forms", forms, "--listen", `127.0.0.1:${port}`];
  const child = spawn(motcua, args, { cwd: root, env: { ...process.env, ...env } });
  const log = [];
  const ended = once(child, "exit");
  // A server that ends early is told by what it printed, below.
  ended.catch(() => {});
  const address = new Promise((found) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        log.push(line);
        const match = line.match(/listening on (http:\/\/[^\s"]+)/);
        if (match) found(match[1].replace(/\/$/, ""));
      });
    }
  });
  const url = await Promise.race([
    address,
    ended.then(([code]) => Promise.reject(new Error(`motcua ended with ${code}:\n${log.join("\n")}`))),
    pause(30_000).then(() => Promise.reject(new Error(`motcua did not start in 30 s:\n${log.join("\n")}`))),
  ]);
  await healthy(url);
  const stop = async () => {
    child.kill("SIGTERM");
    const gone = await Promise.race([ended.then(() => true), pause(5_000)]);
    if (!gone) child.kill("SIGKILL");
    rmSync(data, { recursive: true, force: true });
  };
  const kill = () => {
    child.kill("SIGKILL");
    return ended;
  };
  return { url, stop, kill, log, data };
}

async function healthy(url) {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`${url}/api/v1/health`).catch(() => null);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error("motcua listens, but /api/v1/health does not answer 200");
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms).unref());

let browser;
let server;

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
    server ??= await startServer();
    browser ??= await chromium.launch({
      executablePath: chromiumPath,
      chromiumSandbox: sandbox,
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
