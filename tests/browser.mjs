// A whole browser of its own, with a profile on the disk, whose process can be killed as a phone's battery ends it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { chromiumPath, sandbox } from "./server.mjs";

/** Starts it on a profile folder; answers `{ page, kill }`. */
export async function ownBrowser(profile) {
  const args = ["--headless", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--no-first-run", "about:blank"];
  if (!sandbox) args.unshift("--no-sandbox");
  const child = spawn(chromiumPath ?? chromium.executablePath(), args, { detached: true });
  const address = new Promise((found) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      const match = line.match(/DevTools listening on (\S+)/);
      if (match) found(match[1]);
    });
  });
  const browser = await chromium.connectOverCDP(await address);
  const [context] = browser.contexts();
  const page = await context.newPage();
  await page.setViewportSize({ width: 360, height: 740 });
  const kill = async () => {
    const gone = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
    // The whole group: a browser is many processes.
    if (gone) process.kill(-child.pid, "SIGKILL");
    await gone;
    await browser.close().catch(() => {});
  };
  return { page, kill };
}
