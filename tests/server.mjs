// Starts the real server on an empty data folder, and names the browser to drive.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePort, startGateway } from "./gateway.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
/** The program that serves and looks data over. */
export const motcua = process.env.MOTCUA_BIN ?? join(root, "target/debug/motcua");
/** The browser to drive; nothing means the one that Playwright brings. */
export const chromiumPath = process.env.MOTCUA_CHROMIUM;
// Chromium's own sandbox cannot start as root, which is what a container is.
export const sandbox = process.getuid?.() !== 0;
/** The built site; another folder than `dist` tries a build that is not the released one. */
const built = process.env.MOTCUA_SITE ?? "dist";
/** The forms the server offers; those the site was built with. */
const written = process.env.MOTCUA_FORMS ?? "forms";

/**
 * Starts `motcua serve`, on a free port unless one is named; answers `{ url, data, log, kill, stop }` once it is healthy.
 * `kill` ends it as a power cut does, and leaves its data; `stop` ends it in good order and takes its data away.
 * `paying: true` starts the payment gateway of the demonstration beside it, which is `gateway` of the answer.
 */
export async function startServer(options = {}) {
  const { paying = false, env = {}, site = built, forms = written } = options;
  const { port = paying ? await freePort() : 0 } = options;
  const gateway = paying ? await startGateway(`http://127.0.0.1:${port}`) : undefined;
  const { data = mkdtempSync(join(tmpdir(), "motcua-")) } = options;
  const args = ["serve", "--data", data, "--site", site, "--forms", forms, "--listen", `127.0.0.1:${port}`];
  args.push(...(gateway?.args ?? []));
  const child = spawn(motcua, args, { cwd: root, env: { ...process.env, ...gateway?.env, ...env } });
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
    gateway?.stop();
    rmSync(data, { recursive: true, force: true });
  };
  const kill = () => {
    child.kill("SIGKILL");
    return ended;
  };
  return { url, stop, kill, log, data, gateway };
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
