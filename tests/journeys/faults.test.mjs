// Misfortune at any moment of the main job: the network is cut, the browser is killed, the server is killed, the site is
// updated. Whoever goes on afterwards loses nothing and sends once. `MOTCUA_FAULTS=200` runs as many; the seed makes a run
// that failed happen again.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ownBrowser } from "../browser.mjs";
import { citizen } from "../citizen.mjs";
import { openLine } from "../line.mjs";
import { motcua, pause, startServer } from "../server.mjs";
import { otherSite } from "../site.mjs";
import { example, pattern, words } from "../words.mjs";

const RUNS = Number(process.env.MOTCUA_FAULTS ?? 8);
const SEED = Number(process.env.MOTCUA_SEED ?? 1);
const KINDS = ["network", "browser", "server", "update"];
/** About how long a run takes that nothing happens to, in milliseconds: misfortune comes anywhere in it. */
const LENGTH = 9_000;
/** Bytes a second, so that sending lasts: 1.6 Mbps. */
const SPEED = 200_000;

const says = words();
const answers = { "nd20-04": example("nd20-04", "ok-gia-dinh"), "nguoi-nop": example("nguoi-nop", "ok-tu-nop") };

const folder = mkdtempSync(join(tmpdir(), "motcua-faults-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The site after an update: the form that is filled has become another one. */
const updated = otherSite(join(folder, "updated"), (forms) => {
  const file = join(forms, "templates/nd20-04/form.toml");
  const text = readFileSync(file, "utf8");
  const changed = text.replace(/^title = "/m, 'title = "(Sửa đổi) ');
  assert.notEqual(changed, text);
  writeFileSync(file, changed);
});
{
  // Another page makes another service worker, which phones then fetch.
  const worker = join(updated.site, "sw.js");
  const text = readFileSync(worker, "utf8");
  writeFileSync(worker, text.replace(/"site-[0-9a-f]+"/, '"site-00000000000000"'));
  rmSync(`${worker}.br`, { force: true });
}

/** A generator (mulberry32) that a seed starts. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A server behind a line, a browser before it, and what can happen to each. */
async function world(name) {
  const profile = join(folder, name);
  let server = await startServer();
  const line = await openLine(server.url);
  line.slow(SPEED);
  const port = new URL(server.url).port;
  let browser = await ownBrowser(profile);
  let waiting = null;
  const again = (site) => async () => {
    await server.kill();
    await pause(300);
    server = await startServer({ data: server.data, port, ...site });
  };
  const happen = {
    network: async (random) => {
      line.cut();
      await pause(300 + 2_000 * random());
      line.mend();
    },
    browser: async () => {
      await browser.kill();
      browser = await ownBrowser(profile);
    },
    server: again({}),
    update: again(updated),
  };
  return {
    page: () => browser.page,
    url: line.url,
    data: () => server.data,
    /** Lets something happen after so many milliseconds; answers where the page was. */
    let: (kind, wait, random) => {
      waiting = pause(wait).then(async () => {
        const { pathname } = new URL(browser.page.url());
        await happen[kind](random);
        return pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "…");
      });
    },
    happened: () => waiting,
    close: async () => {
      await waiting;
      await browser.kill();
      await line.close();
      await server.stop();
    },
  };
}

/** The links to photographs that were taken and not looked at. */
const unseen = (page) => page.locator(".pages").getByRole("link", { name: pattern(`${says.papers.look}{}`) });

/** Does what the page asks next; answers the text of the look-over when it is there, and "sent" at the end. */
async function next(page, home) {
  const person = citizen({ page });
  page.setDefaultTimeout(8_000);
  const path = new URL(page.url()).pathname;
  if (path === "/") {
    await person.settled();
    const link = page.getByRole("link", { name: says.home.go_on_link, exact: true });
    const sending = page.getByRole("link", { name: says.home.queued_link, exact: true });
    const sent = page.getByRole("heading", { name: says.home.sent });
    // What this phone keeps is read from its database after the page is drawn.
    await link.or(sending).or(sent).first().waitFor({ timeout: 2_000 }).catch(() => {});
    if (await sent.count()) return "sent";
    if (await link.count()) await link.first().click();
    else if (await sending.count()) await sending.first().click();
    else await page.goto(`${home}/procedures/ho-tro-chi-phi-mai-tang`);
    await page.waitForURL((url) => url.pathname !== "/");
  } else if (path.startsWith("/procedures/")) {
    await person.settled();
    await page.getByRole("button", { name: says.procedure.start, exact: true }).first().click();
    await page.waitForURL("**/agency");
  } else if (path.endsWith("/agency")) {
    await person.settled();
    await person.agency("UBND xã Hướng Lập");
  } else if (path.includes("/case/")) {
    await person.settled();
    await person.guided({ truong_hop: "tro-cap" });
  } else if (path.endsWith("/outcome")) {
    await person.settled();
    await person.onward();
  } else if (path.endsWith("/send")) {
    await page.waitForURL("**/receipts/*", { timeout: 45_000 });
  } else if (path.includes("/receipts/")) {
    await person.receipt();
    return "sent";
  } else if (path.endsWith("/check")) {
    await person.settled();
    const seen = await page.locator("main dl.answers").allInnerTexts();
    const papers = await page.locator("main ul.list").allInnerTexts();
    await page.getByRole("button", { name: says.check.send, exact: true }).click();
    await page.waitForURL(/\/(send|receipts\/[^/]+)$/);
    return { seen: seen.join("\n"), papers: papers.length };
  } else if (path.endsWith("/tasks")) {
    await person.settled();
    await person.onward();
  } else if (/\/papers\/\d+$/.test(path)) {
    await person.settled();
    await person.usePhoto();
  } else if (path.endsWith("/papers") && (await settledThen(person, () => unseen(page).count()))) {
    await unseen(page).first().click();
    await page.waitForURL("**/papers/*");
  } else if (path.startsWith("/drafts/")) {
    await person.fillAll(answers, { all: false });
  } else {
    throw new Error(`lost at ${path}`);
  }
  return null;
}

/** Asks once the page is drawn: before that nothing stands on it. */
async function settledThen(person, ask) {
  await person.settled();
  return ask();
}

/** From the home page to the receipt, however often it takes a new start; answers what was looked over last. */
async function wholeWay(world) {
  let looked = null;
  for (let turn = 0; turn < 60; turn += 1) {
    try {
      if (!world.page().url().startsWith(world.url)) await world.page().goto(`${world.url}/`, { timeout: 8_000 });
      const told = await next(world.page(), world.url);
      if (told === "sent") return looked;
      looked = told ?? looked;
    } catch (error) {
      if (turn > 50) throw error;
      // What a person does: looks again, and opens the site anew if that does not help.
      await world.happened()?.catch(() => {});
      await pause(500);
      await world.page().goto(`${world.url}/`, { timeout: 8_000 }).catch(() => {});
    }
  }
  throw new Error(`it never ends: ${world.page().url()}`);
}

function count(data) {
  const told = execFileSync(motcua, ["doctor", "--data", data], { encoding: "utf8" });
  return { dossiers: told.match(/^dossiers\s+(\d+)$/m)[1], papers: told.match(/^papers\s+(\d+), bad 0$/m)?.[1] };
}

const done = [];
let whole;

test("nothing happens", { timeout: 120_000 }, async () => {
  const quiet = await world("quiet");
  try {
    const start = Date.now();
    const looked = await wholeWay(quiet);
    whole = { ...looked, ...count(quiet.data()) };
    assert.ok(looked.seen.includes(answers["nd20-04"].nc_ho_ten), looked.seen);
    assert.equal(whole.dossiers, "1");
    console.log(`  ${((Date.now() - start) / 1000).toFixed(1)} s from the first page to the receipt`);
  } finally {
    await quiet.close();
  }
});

for (let run = 0; run < RUNS; run += 1) {
  const kind = KINDS[run % KINDS.length];
  test(`run ${run}: ${kind}`, { timeout: 240_000 }, async () => {
    const random = generator(SEED * 1_000 + run);
    const one = await world(`run-${run}`);
    try {
      const wait = LENGTH * random();
      one.let(kind, wait, random);
      const looked = await wholeWay(one);
      const where = await one.happened();
      // It may have been sent before anybody could look it over a second time.
      if (looked) assert.equal(looked.seen, whole.seen, `after ${kind} at ${where}`);
      const { dossiers, papers } = count(one.data());
      assert.deepEqual({ dossiers, papers }, { dossiers: "1", papers: whole.papers }, `after ${kind} at ${where}`);
      done.push(`${kind} after ${(wait / 1000).toFixed(1)} s at ${where}`);
    } finally {
      await one.close();
      rmSync(join(folder, `run-${run}`), { recursive: true, force: true });
    }
  });
}

after(() => console.log(`  ${done.length} of ${RUNS}: one dossier each, whole\n${done.map((line) => `    ${line}`).join("\n")}`));
