// Somebody who fills a dossier on the site: finds the procedure, answers what is asked, attaches papers, sends, tracks.
// Answers come as the forms name them ("con.0.con_ngay_sinh.year"); what is asked is found on the page itself.

import assert from "node:assert/strict";
import { file, pdf, photo } from "./paper.mjs";
import { listed, pattern, plain, procedureName, unit, words } from "./words.mjs";

/** The screens that have been looked over in this file's journeys: once each is enough. */
const looked = new Set();

/** How a thumb works the page; `keyboard` in `keyboard.mjs` does the same with keys alone. */
export const thumb = () => ({
  press: (control) => control.click(),
  write: (field, text) => field.fill(text),
  tick: (control) => control.check(),
  choose: (_, option) => option.click(),
});

/** A citizen on a page. `audit` is called once for each different screen; `says` are the texts of the page's language. */
export function citizen({ page, audit = async () => {} }, { language = "vi", hands = thumb() } = {}) {
  const says = words(language);
  const at = (id) => page.locator(`[id=${JSON.stringify(id)}]`);
  const path = () => new URL(page.url()).pathname;
  const go = () => page.getByRole("button", { name: says.apply.continue, exact: true });
  const step = () => path().replace(/^\/(drafts|receipts)\/[^/]+/, "$1");

  const look = async (label = step()) => {
    await settled();
    const screen = `${language} ${page.viewportSize().width} ${label}`;
    if (looked.has(screen)) return;
    looked.add(screen);
    await audit(label.replaceAll("/", " "));
  };

  /** The page is drawn and its draft is on the disk. */
  const settled = async () => {
    await page.locator("#first").waitFor({ state: "detached" });
    await page.locator("main h1").first().waitFor();
    // Several parts may be coming at once, so it is the page without any that is waited for.
    await page.locator("main:not(:has(.loading))").waitFor({ state: "attached" });
    await page.locator(".saved", { hasText: says.saved.saving }).waitFor({ state: "detached" });
  };

  /** From the home page to a new draft of this procedure, as far as the choice of the agency. */
  const begin = async (procedure) => {
    await page.goto("/");
    await settled();
    if (language === "vi") {
      await hands.write(page.getByRole("searchbox", { name: says.home.search }), plain(procedureName(procedure)));
      await look("home found");
      await hands.press(page.getByRole("link", { name: procedureName(procedure), exact: true }));
    } else {
      await hands.press(page.locator(`main a[href="/procedures/${procedure}"]`));
    }
    await page.waitForURL(`**/procedures/${procedure}`);
    await look();
    await hands.press(page.getByRole("button", { name: says.procedure.start, exact: true }).first());
    await page.waitForURL("**/agency");
    await settled();
  };

  /** Types into a combobox without marks and taps the option. */
  const choose = async (box, label, typed = label) => {
    await hands.write(box, plain(typed));
    const list = page.locator(`[id=${JSON.stringify(`${await box.getAttribute("id")}-list`)}]`);
    await hands.choose(box, list.getByRole("option").filter({ hasText: label }).first());
    await assertValue(box, label);
  };

  const assertValue = async (box, label) => {
    const value = await box.inputValue();
    assert.ok(value === label, `chose “${label}”, but the box shows “${value}”`);
  };

  /** Presses "Continue" and waits for the next page; a warning is read and passed, a refusal is an error. */
  const press = async ({ warnings = null } = {}) => {
    const before = path();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await hands.press(go());
      const left = page.waitForURL((url) => url.pathname !== before).then(() => true);
      const told = page.locator("#problems").waitFor().then(() => false);
      const moved = await Promise.race([left.catch(() => null), told.catch(() => null)]);
      if (moved || path() !== before) return settled();
      const summary = page.locator("#problems");
      const mild = await summary.evaluate((box) => box.classList.contains("mild"));
      if (!mild) throw new Error(`${before} refuses: ${await summary.innerText()}`);
      if (attempt === 0) await look(`${step()} warned`);
      warnings?.push(await summary.innerText());
    }
    await page.waitForURL((url) => url.pathname !== before);
    await settled();
  };

  const agency = async (name) => {
    await look();
    await choose(page.getByRole("combobox"), name);
    await press();
  };

  /** Answers every question on the page that has an answer, and those that appear because of it. */
  const answer = async (answers) => {
    const done = new Set();
    const unasked = async () => plan(await page.evaluate(asked), answers, done);
    for (let round = 0; round < 60; round += 1) {
      // What the last answer brings may not be drawn yet.
      const next = (await unasked()) ?? (await page.evaluate(drawn).then(unasked));
      if (!next) return done;
      done.add(next.key);
      await type(next);
    }
    throw new Error("the page never stops asking");
  };

  const type = async ({ id, does, text, typed }) => {
    const field = at(id);
    if (does === "tick") await hands.tick(field);
    else if (does === "choose") await choose(field, text, typed);
    else if (does === "add") {
      for (let row = 0; row < Number(text); row += 1) await hands.press(field);
    } else if (does === "type") await hands.write(field, text);
  };

  /** The guiding questions, as far as where they lead. */
  const guided = async (answers) => {
    while (path().includes("/case/")) {
      await answer(answers);
      await look();
      await press();
    }
    assert.match(path(), /\/outcome$/);
    await look();
  };

  const onward = async () => {
    const before = path();
    await hands.press(page.getByRole("link", { name: says.apply.continue, exact: true }));
    await page.waitForURL((url) => url.pathname !== before);
    await settled();
  };

  /** Attaches a photograph to the first paper and a PDF to the second, in turn, wherever something is needed. */
  const attach = async ({ all = true } = {}) => {
    await look();
    const asks = page.locator(".paper-ask");
    for (let place = 0; place < (await asks.count()); place += 1) {
      const ask = asks.nth(place);
      const name = await ask.getByRole("heading", { level: 2 }).innerText();
      if (!all && !(await ask.getByText(says.papers.none_yet, { exact: true }).count())) continue;
      const paper =
        place % 2 === 0
          ? file("IMG_2031.jpg", "image/jpeg", await photo(page, name))
          : file("quet.pdf", "application/pdf", pdf(`${name} ${place}`));
      await ask.locator("input[type=file]").nth(place % 2).setInputFiles(paper);
      if (place % 2 === 0) await usePhoto();
      await ask.getByText(says.papers.have, { exact: true }).waitFor();
    }
    await look("drafts/papers attached");
  };

  /** Looks at the photograph that has just been taken, and uses it; answers to the page of papers, or the next one. */
  const usePhoto = async () => {
    await page.waitForURL("**/papers/*");
    await settled();
    await look("drafts/papers/photo");
    const before = path();
    await hands.press(page.getByRole("button", { name: says.photo.use, exact: true }));
    await page.waitForURL((url) => url.pathname !== before);
    await settled();
  };

  /** Follows the task list from what is next to what is next, as far as the look-over. */
  const fillAll = async (forms, options = {}) => {
    for (let page_ = 0; page_ < 80; page_ += 1) {
      await settled();
      const [, form] = path().match(/\/forms\/([^/]+)\//) ?? [];
      if (form) {
        assert.ok(forms[form], `the site asks for ${form}, which has no answers here`);
        await answer(forms[form]);
        await look();
        await press(options);
      } else if (path().endsWith("/papers")) {
        await attach(options);
        await press();
      } else if (path().endsWith("/tasks")) {
        await look();
        await onward();
      } else {
        return assert.match(path(), /\/check$/);
      }
    }
    throw new Error("the task list never ends");
  };

  /** Sends, and answers the code of the receipt. */
  const send = async () => {
    await look();
    await hands.press(page.getByRole("button", { name: says.check.send, exact: true }));
    return receipt();
  };

  /** Waits for the receipt, looks it over, answers its code. */
  const receipt = async () => {
    await page.waitForURL("**/receipts/*");
    await settled();
    await page.getByRole("heading", { level: 1, name: says.receipt.title }).waitFor();
    const code = (await page.locator(".code").innerText()).trim();
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]$/);
    assert.ok((await page.locator("main ol.steps > li").count()) >= 3, "what happens next has three steps");
    await page.getByRole("img", { name: pattern(says.receipt.qr) }).waitFor();
    await look();
    await hands.press(page.locator("summary", { hasText: says.receipt.why }));
    assert.ok((await page.locator("details[open] table.sum tr").count()) > 0, "the sum of the date has days");
    await look("receipts sum");
    return code;
  };

  /** Follows a dossier by its code, typed as somebody types who reads it from paper. */
  const track = async (code) => {
    await hands.press(page.getByRole("link", { name: says.frame.track, exact: true }));
    await page.waitForURL("**/track");
    await look();
    await hands.write(page.getByRole("textbox", { name: says.track.label }), loose(code));
    await hands.press(page.getByRole("button", { name: says.track.go, exact: true }));
    await page.locator("main ol.steps > li").first().waitFor();
    await look("track found");
    assert.ok(await page.getByText(code).count(), "the code stands as it is on the receipt");
    return page.locator("main h2.state").innerText();
  };

  /** The whole way, from home to timeline. */
  const wholeWay = async ({ procedure, agency: desk, case: answers, forms, ...options }) => {
    await begin(procedure);
    await agency(desk);
    await guided(answers);
    await onward();
    await fillAll(forms, options);
    const code = await send();
    await track(code);
    return code;
  };

  return { says, at, path, begin, agency, guided, answer, press, choose, onward, attach, usePhoto, fillAll, send, receipt, track, settled, look, wholeWay };
}

/** Lower case, spaces for dashes, O for 0, I for 1. */
export const loose = (code) => code.replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "I").toLowerCase();

/** Runs in the page: until everything that has changed is drawn. */
function drawn() {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
}

/** Runs in the page: every control of the questions, in order. */
function asked() {
  const controls = document.querySelectorAll("main input, main textarea, main fieldset > button[id]");
  return [...controls].map((control) => ({
    id: control.id,
    kind: control.role === "combobox" || control.getAttribute("role") === "combobox" ? "combobox" : control.type,
    name: control.name ?? "",
    value: control.value ?? "",
  }));
}

/** The next thing to do on the page: the first control with an answer not given yet. */
function plan(found, answers, done) {
  const there = new Set(found.map(({ id }) => id));
  for (const { id, kind, name, value } of found) {
    if (kind === "radio") {
      if (answers[name] === value && !done.has(name)) return { key: name, id, does: "tick" };
    } else if (kind === "checkbox") {
      if (ticked(id, answers, there) && !done.has(id)) return { key: id, id, does: "tick" };
    } else if (answers[id] && !done.has(id)) {
      if (kind === "combobox") return { key: id, id, does: "choose", ...option(id, answers[id]) };
      if (kind === "button") return { key: id, id, does: "add", text: answers[id] };
      return { key: id, id, does: "type", text: answers[id] };
    }
  }
  return null;
}

/** The first box of several has the id of the question, and so has a declaration. */
function ticked(id, answers, there) {
  if (answers[id] === "yes") return true;
  const below = Object.keys(answers).filter((key) => key.startsWith(`${id}.`) && answers[key] === "yes");
  return below.some((key) => !there.has(key));
}

/** The option to tap, and what is typed to see it. */
function option(id, value) {
  if (!/\.(province|commune)$/.test(id)) return { text: listed("dan-toc", value) };
  const { label, name } = unit(value);
  return { text: label, typed: name };
}
