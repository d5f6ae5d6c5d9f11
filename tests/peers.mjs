// The site beside SurveyJS and Form.io with the same forms, in one run: bytes and time until the first question takes
// letters, and a group of 200 rows, of plain HTML too: how long it takes to open, how much memory, how late a letter appears.
// Prints ratios, asserts none. Every file of theirs is compressed as ours are, and served from beside them.
// `MOTCUA_PEERS=rows` measures the rows alone.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { chromium } from "playwright-core";
import { formio, plain, survey } from "./peers/definitions.mjs";
import { chromiumPath, sandbox, startServer } from "./server.mjs";
import { otherSite } from "./site.mjs";
import { SLOW_3G, SLOW_4G, begun, median, seconds, slowed, visit } from "./visit.mjs";
import { root } from "./words.mjs";

const RUNS = Number(process.env.MOTCUA_RUNS ?? 3);
const ROWS = 200;
const ROWS_ALONE = process.env.MOTCUA_PEERS === "rows";
const folder = mkdtempSync(join(tmpdir(), "motcua-peers-"));
const kinds = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };

/** Builds the page of one of them: `<name>.html` for the short form, `<name>-rows.html` for the rows. */
function build(name, definitions) {
  const out = join(folder, name);
  mkdirSync(out);
  const bundle = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--log-level=error", "--loader:.svg=dataurl", `--outfile=${join(out, "app.js")}`];
  execFileSync("esbuild", [join(root, "tests/peers", `${name}.js`), ...bundle], { stdio: "inherit" });
  for (const [file, definition] of Object.entries(definitions)) {
    writeFileSync(join(out, `${file}.json`), JSON.stringify(definition));
    const html = `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title><link rel="stylesheet" href="/${name}/app.css"><body data-form="/${name}/${file}.json"><main id="form"></main><script type="module" src="/${name}/app.js"></script></body></html>`;
    writeFileSync(join(out, `${file}.html`), html);
  }
}

/** Serves them as the site is served: brotli at its best, named files kept. */
async function serve() {
  const kept = new Map();
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/empty") return answer.end("");
    try {
      if (!kept.has(pathname)) {
        const content = readFileSync(join(folder, pathname));
        kept.set(pathname, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
      const headers = { "Content-Type": kinds[extname(pathname)], "Content-Encoding": "br", "Cache-Control": "max-age=600" };
      answer.writeHead(200, headers).end(kept.get(pathname));
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const launched = () => chromium.launch({ executablePath: chromiumPath, chromiumSandbox: sandbox });

/** Our own form as the API publishes it. */
async function form(url, id) {
  const { forms } = await (await fetch(`${url}/api/v1/catalogue`)).json();
  return (await fetch(`${url}/api/v1/forms/${forms.find((one) => one.id === id).fingerprint}`)).json();
}

/** Runs in the page: from now on `painted` promises how long after the next key what it does is painted, in milliseconds. */
function hear(selector) {
  const field = document.querySelector(selector);
  field.focus();
  globalThis.painted = new Promise((done) => {
    field.addEventListener(
      "keydown",
      () => {
        const start = performance.now();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.now() - start);
          port2.postMessage(null);
        });
      },
      { once: true, capture: true },
    );
  });
}

/** The group of rows on a page that has been opened before: milliseconds to open, memory, and from key to paint. */
async function rows(url, { path, field, fields }) {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
  // A context with so many fields may never end its closing; a browser of its own ends with its process.
  const browser = await launched();
  const context = await browser.newContext({ ...phone, baseURL: url, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh" });
  const all = { selector: field, least: ROWS * fields };
  const there = ({ selector, least }) => document.querySelectorAll(selector).length >= least;
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(await path(page));
    await page.waitForFunction(there, all);
    const devtools = await context.newCDPSession(page);
    await slowed(devtools, { latency: 0, down: 1e9, up: 1e9, processor: 4 });
    await page.addInitScript(({ selector, least }) => {
      const look = () => {
        if (document.querySelectorAll(selector).length < least) requestAnimationFrame(look);
        else requestAnimationFrame(() => setTimeout(() => (globalThis.openedAt = performance.now())));
      };
      requestAnimationFrame(look);
    }, all);
    // What a program in WebAssembly holds is no part of the heap.
    await page.addInitScript(() => {
      const { instantiateStreaming } = WebAssembly;
      WebAssembly.instantiateStreaming = async (...from) => {
        const made = await instantiateStreaming(...from);
        globalThis.linear = made.instance.exports.memory;
        return made;
      };
    });
    await page.reload({ waitUntil: "commit" });
    const opened = await (await page.waitForFunction(() => globalThis.openedAt)).jsonValue();
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize, backingStorageSize = 0 } = await devtools.send("Runtime.getHeapUsage");
    const linear = await page.evaluate(() => globalThis.linear?.buffer.byteLength ?? 0);
    const keys = [];
    for (let key = 0; key < 7; key += 1) {
      await page.evaluate(hear, field);
      await page.keyboard.press("a");
      keys.push(await page.evaluate(() => globalThis.painted));
      await page.waitForTimeout(400);
    }
    return { opened, memory: usedSize + backingStorageSize + linear, key: median(keys) };
  } finally {
    await browser.close();
  }
}

const { site, forms } = otherSite(join(folder, "many"), (forms) => {
  const file = join(forms, "templates/nd131-31/form.toml");
  writeFileSync(file, readFileSync(file, "utf8").replace(/^max = 2$/m, `max = ${ROWS}`));
  // An example of what is too much is none any more.
  rmSync(join(forms, "templates/nd131-31/examples/bad-ba-nguoi-di-cung.json"));
});
const server = await startServer();
const many = await startServer({ site, forms });
const funeral = await form(server.url, "nd20-04");
const grave = await form(many.url, "nd131-31");
const grouped = { ...grave, steps: grave.steps.filter(({ questions }) => questions.some(({ kind }) => kind.Repeat)) };
build("survey", { form: survey(funeral), rows: survey(grouped, ROWS) });
build("plain", { rows: plain(grouped, ROWS) });
const style = readFileSync(join(site, readdirSync(site).find((file) => /^site-.*\.css$/.test(file))), "utf8");
// All rows are laid out, as a page does that takes no care.
writeFileSync(join(folder, "plain/app.css"), `${style} .row-panel { content-visibility: visible; }`);
build("formio", { form: formio(funeral), rows: formio(grouped, ROWS) });
const peers = await serve();
const browser = await launched();

/** Begins a draft with 200 people who come along. */
async function together(page) {
  await begun(page, { procedure: "tham-vieng-mo-liet-si", agency: "UBND xã Cam Lộ", answers: { la_ai: "than-nhan" } });
  const step = page.url().replace(/\/forms\/.*$/, `/forms/nd131-31/${grouped.steps[0].id}`);
  await page.goto(step);
  await page.locator("[id='co_nguoi_di-yes'], [name='co_nguoi_di'][value='yes']").first().check();
  for (let row = 0; row < ROWS; row += 1) await page.evaluate(() => document.getElementById("nguoi_di").click());
  await page.locator(`[id='nguoi_di.${ROWS - 1}.ho_ten']`).waitFor();
  await page.locator(".saved").filter({ hasText: "lúc" }).waitFor();
  return new URL(page.url()).pathname;
}

const control = "#form input[type=text]";
const whole = [
  { name: "Một Cửa", url: server.url, what: { path: begun, control: "#app main input" } },
  { name: "SurveyJS", url: peers.url, what: { path: () => "/survey/form.html", control, empty: "/empty" } },
  { name: "Form.io", url: peers.url, what: { path: () => "/formio/form.html", control, empty: "/empty" } },
];
// A row has ten boxes: two dates of three, and four lines.
const BOXES = 10;
const grid = [
  { name: "Một Cửa", url: many.url, path: together, field: ".row-panel input", fields: BOXES },
  { name: "plain HTML", url: peers.url, path: () => "/plain/rows.html", field: "#form input", fields: BOXES },
  { name: "SurveyJS", url: peers.url, path: () => "/survey/rows.html", field: "#form input[type=text]", fields: BOXES },
  { name: "Form.io", url: peers.url, path: () => "/formio/rows.html", field: "#form table input[type=text]", fields: BOXES },
];

const say = (cells, widths) => console.log(cells.map((cell, place) => (place ? cell.padStart(widths) : cell.padEnd(10))).join(" "));
const ratio = (one, other) => `${(one / other).toFixed(2)}x`;

/** The first step of a form, on an empty phone. */
async function firstStep() {
  console.log(`\nThe first step of Mẫu số 04 on an empty phone, medians of ${RUNS}; ratios are to Một Cửa`);
  say(["", "kB", "ratio", "slow 4G", "ratio", "400 kbit/s", "ratio"], 11);
  let ours;
  for (const { name, url, what } of whole) {
    const runs = { fourth: [], third: [] };
    for (let run = 0; run < RUNS; run += 1) {
      runs.fourth.push(await visit(browser, url, what, SLOW_4G));
      runs.third.push(await visit(browser, url, what, SLOW_3G));
    }
    const bytes = median(runs.fourth.map(({ bytes }) => bytes));
    const [fourth, third] = [runs.fourth, runs.third].map((all) => all.map(({ time }) => time));
    ours ??= { bytes, fourth: median(fourth), third: median(third) };
    say([name, (bytes / 1000).toFixed(0), ratio(bytes, ours.bytes), seconds(fourth), ratio(median(fourth), ours.fourth), seconds(third), ratio(median(third), ours.third)], 11);
  }
}

/** The group of rows; every round measures all of them once, so that what else the machine does falls on all. */
async function groups() {
  const questions = grouped.steps.flatMap(({ questions }) => questions).find(({ kind }) => kind.Repeat).kind.Repeat.questions.length;
  console.log(`\nA group of ${ROWS} rows of ${questions} questions, opened again, processor at a quarter, medians of ${RUNS}`);
  const rounds = grid.map(() => []);
  for (let round = 0; round < RUNS; round += 1) {
    for (const [place, { name, url, ...what }] of grid.entries()) {
      const measured = await rows(url, what).catch((error) => console.log(`${name}: not measured, ${error.message.split("\n")[0]}`));
      if (measured) rounds[place].push(measured);
    }
  }
  say(["", "opens", "ratio", "MB", "ratio", "key to paint", "ratio"], 12);
  let first;
  for (const [place, { name }] of grid.entries()) {
    if (rounds[place].length === 0) continue;
    const [opened, memory, key] = ["opened", "memory", "key"].map((figure) => median(rounds[place].map((round) => round[figure])));
    first ??= { opened, memory, key };
    say([name, `${(opened / 1000).toFixed(2)} s`, ratio(opened, first.opened), (memory / 1e6).toFixed(1), ratio(memory, first.memory), `${key.toFixed(0)} ms`, ratio(key, first.key)], 12);
  }
}

try {
  if (!ROWS_ALONE) await firstStep();
  await groups();
} finally {
  await browser.close();
  await peers.close();
  await server.stop();
  await many.stop();
  rmSync(folder, { recursive: true, force: true });
}
