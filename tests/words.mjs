// What the site says and what the forms call things, read from the same files the site is built from.

import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const read = (...parts) => readFileSync(join(root, ...parts), "utf8");

/** The texts of a language: `words("vi").apply.continue`. The files are flat enough for one look at each line. */
export function words(language = "vi") {
  const texts = {};
  let section = texts;
  for (const line of read("crates/text/texts", `${language}.toml`).split("\n")) {
    const name = line.match(/^\[(\w+)\]/);
    if (name) section = texts[name[1]] = {};
    const pair = line.match(/^(\w+) = (".*")$/);
    if (pair) section[pair[1]] = JSON.parse(pair[2]);
  }
  return texts;
}

/** A text with its places filled in: `fill(words().tasks.progress, { done: 2, count: 9 })`. */
export const fill = (text, values) => text.replaceAll(/\{(\w+)\}/g, (_, name) => values[name]);

/** A text as a pattern that fits whatever its places are filled with. */
export function pattern(text) {
  const parts = text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(parts.join(".+"), "u");
}

/** Text without marks and capitals, as a hurried person types it. */
export const plain = (text) => text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll(/[đĐ]/g, "d").toLowerCase();

/** The common name of a procedure. */
export const procedureName = (id) => read("forms/procedures", `${id}.toml`).match(/^short = "(.+)"$/m)[1];

/** The answers of an example of a template, with those of the example it is built on. */
export function example(template, name) {
  const { from, answers } = JSON.parse(read("forms/templates", template, "examples", `${name}.json`));
  return { ...(from ? example(template, from.replace(/\.json$/, "")) : {}), ...answers };
}

const table = (file) => {
  const [head, ...lines] = read("forms/units", file).trimEnd().split("\n").map((line) => line.split("\t"));
  return lines.map((line) => Object.fromEntries(head.map((name, place) => [name, line[place] ?? ""])));
};
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const units = new Map();
for (const file of ["provinces.tsv", "communes.tsv"]) {
  for (const { code, name, kind, until } of table(file)) {
    if (!until) units.set(code, { name, label: `${capital(kind)} ${name}` });
  }
}

/** A province or commune of today by its code: `{ name, label }`. */
export const unit = (code) => units.get(code);

/** What a value of a shared list is called. */
export function listed(list, value) {
  const options = read("forms/lists", `${list}.toml`).split("[[option]]");
  const found = options.find((option) => option.includes(`value = "${value}"`));
  return found.match(/^label = "(.+)"$/m)[1];
}
