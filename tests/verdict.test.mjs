// The browser's build of the one check and the API's, asked about the same cases: the verdicts are the same bytes.
// `cargo xtask verdict` builds both, lets the API's side write cases and verdicts, and then runs this.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const folder = process.env.MOTCUA_VERDICT;
const { Browser } = createRequire(import.meta.url)(join(folder, "testkit.js"));

/** The compiled files as a page of this language reads them. */
function browser(language) {
  const world = new Browser();
  const data = join(folder, "data");
  // Provinces come before the communes that are laid into them.
  const files = readdirSync(data, { recursive: true }).map((path) => path.replaceAll("\\", "/")).sort().reverse();
  for (const path of files) {
    const stored = path.match(/^(forms|procedures)\//);
    if (stored ? path.endsWith(`.${language}.bin`) : path.endsWith(".bin")) world.read(path, readFileSync(join(data, path)));
  }
  return world;
}

const lines = readFileSync(join(folder, "cases.jsonl"), "utf8").trimEnd().split("\n");
const cases = lines.map((line) => JSON.parse(line));

test("the browser and the API say the same, byte for byte", () => {
  assert.ok(cases.length >= 2_000, `only ${cases.length} cases`);
  const world = browser("vi");
  const differ = cases.filter(({ case: asked, verdict }) => world.verdict(asked) !== verdict);
  const [first] = differ;
  if (first) {
    const told = { case: first.case, api: first.verdict, browser: world.verdict(first.case) };
    assert.fail(`${differ.length} of ${cases.length} differ; the first:\n${JSON.stringify(told, null, 2)}`);
  }
});

test("the cases are worth asking: many pass, many are refused, for many reasons", (t) => {
  const counts = { passed: 0, refused: 0 };
  const reasons = new Set();
  for (const { verdict } of cases) {
    const [word] = verdict.split(" ", 1);
    assert.ok(word in counts, verdict.slice(0, 200));
    counts[word] += 1;
    for (const [, code] of verdict.matchAll(/ code: (\w+(?:\("[^"]*"\))?)/g)) reasons.add(code);
  }
  t.diagnostic(`${cases.length} cases: ${counts.passed} passed, ${counts.refused} refused, ${reasons.size} different problems`);
  assert.ok(counts.passed >= 300 && counts.refused >= 1_000 && reasons.size >= 60, JSON.stringify(counts));
});

test("a difference would be noticed: the English forms give other verdicts", () => {
  const english = browser("en");
  assert.ok(cases.some(({ case: asked, verdict }) => english.verdict(asked) !== verdict));
});
