// How long a first visit takes until it can be used: the home page, and the first step of a form. Each time is measured
// on an empty phone, once on this machine as it is and once as on a cheap phone on slow 4G. Prints a table, asserts no time.

import { chromium } from "playwright-core";
import { chromiumPath, sandbox, startServer } from "./server.mjs";
import { SLOW_4G, begun, median, seconds, visit } from "./visit.mjs";

const RUNS = Number(process.env.MOTCUA_RUNS ?? 3);
const PROCEDURE = "ho-tro-chi-phi-mai-tang";
const PAGES = [
  { name: "home: the search takes letters", path: () => "/", control: "#app input[type=search]" },
  { name: "procedure: the button that starts", path: () => `/procedures/${PROCEDURE}`, control: "#app main button.button" },
  { name: "form: the first question takes letters", path: begun, control: "#app main input" },
];

const server = await startServer();
const browser = await chromium.launch({ executablePath: chromiumPath, chromiumSandbox: sandbox });
try {
  console.log(`\nFirst visit until usable, empty cache, medians of ${RUNS} (least to most)`);
  console.log("slow: 1.6 Mbps down, 150 ms, processor at a quarter; plain: this machine as it is");
  const head = ["", "plain", "slow", "ratio", "kB", "files"];
  console.log([head[0].padEnd(42), ...head.slice(1, 3).map((word) => word.padStart(8)), ...head.slice(3).map((word) => word.padStart(7))].join(" "));
  // The first visit of a new browser is slower for its own reasons.
  await visit(browser, server.url, PAGES[0], null);
  for (const what of PAGES) {
    const plain = [];
    const slow = [];
    for (let run = 0; run < RUNS; run += 1) {
      plain.push(await visit(browser, server.url, what, null));
      slow.push(await visit(browser, server.url, what, SLOW_4G));
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
