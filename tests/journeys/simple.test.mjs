// Simple mode: one question a screen by thumb and by keyboard, mistakes, reading aloud, high contrast, samples of papers.

import assert from "node:assert/strict";
import { citizen, thumb } from "../citizen.mjs";
import { journey } from "../harness.mjs";
import { keyboard } from "../keyboard.mjs";
import { oneByOne } from "../one-by-one.mjs";
import { example, fill, words } from "../words.mjs";

const CASE = { truong_hop: "tro-cap" };
const FUNERAL = { procedure: "ho-tro-chi-phi-mai-tang", agency: "UBND xã Hướng Lập" };

/** Chooses a language and what makes reading easier before the first page, as an earlier visit has. */
const chosen = (context, { language = "vi", choices = ["simple"] } = {}) =>
  context.addInitScript(
    ([language, choices]) => {
      localStorage.setItem("language", language);
      for (const choice of choices) localStorage.setItem(choice, "yes");
    },
    [language, choices],
  );

const at = (page) => page.locator(".easier-bar .at");

/** No letter is smaller than 22 px, and whatever is pressed on its own is at least 56 px high. */
const large = async (page) => {
  const small = await page.evaluate(() => {
    const wrong = [];
    for (const part of document.querySelectorAll("#app *")) {
      if (!part.checkVisibility() || part.closest(".unseen, .skip, svg")) continue;
      const own = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      if (own && parseFloat(getComputedStyle(part).fontSize) < 22) wrong.push(`type: ${part.outerHTML.slice(0, 120)}`);
      const target = part.matches("button, summary, .choice, .menu, .who, input:not([type=radio], [type=checkbox], .unseen), textarea, a.button");
      if (target && part.getBoundingClientRect().height < 55.5) wrong.push(`target: ${part.outerHTML.slice(0, 120)}`);
    }
    return wrong;
  });
  assert.deepEqual(small, []);
};

for (const language of ["vi", "en"]) {
  journey(`simple mode by thumb, ${language}`, async (visit) => {
    const { page, context, shot } = visit;
    await chosen(context, { language });
    const says = words(language);
    const hands = oneByOne(page, thumb(), says);
    const person = citizen(visit, { language, hands });
    await person.begin(FUNERAL.procedure);
    await large(page);
    await person.agency(FUNERAL.agency);
    await person.guided(CASE);
    await person.onward();
    await person.onward();
    const answers = { "nd20-04": example("nd20-04", "ok-gia-dinh"), "nguoi-nop": example("nguoi-nop", "ok-tu-nop") };
    await page.locator(".easier-bar.moves").waitFor();
    assert.match(await at(page).innerText(), new RegExp(`^${fill(says.simple.at, { number: 1, count: "\\d+" })}`));
    await large(page);
    await shot("first question");
    while (!person.path().endsWith("/papers") && !person.path().endsWith("/check")) {
      const [, form] = person.path().match(/\/forms\/([^/]+)\//) ?? [];
      if (!form) {
        await person.look();
        await person.onward();
        continue;
      }
      await person.answer(answers[form]);
      await person.look();
      await person.press();
    }
    assert.ok(person.path().endsWith("/papers"));
    await person.look();
    await large(page);
    await hands.press(page.locator("summary", { hasText: says.papers.sample }).first());
    const picture = page.locator("img.sample").first();
    await picture.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => [...document.querySelectorAll("img.sample")].some((image) => image.naturalWidth > 0));
    await person.look("sample");
  }, { seconds: 300 });
}

journey("simple mode by keyboard, from home to receipt", async (visit) => {
  await chosen(visit.context);
  const hands = oneByOne(visit.page, keyboard(visit.page), words());
  await citizen(visit, { hands }).wholeWay({
    procedure: "cong-nhan-ho-thoat-ngheo",
    agency: "UBND xã Hướng Phùng",
    case: { trong_danh_sach: "yes" },
    forms: { "qd24-04": example("qd24-04", "ok-thoat-ngheo"), "nguoi-nop": example("nguoi-nop", "ok-nop-ho-buu-dien") },
  });
}, { desk: true, seconds: 300 });

journey("questions come and go, mistakes lead to theirs", async (visit) => {
  const { page, context } = visit;
  await chosen(context);
  const says = words();
  const hands = oneByOne(page, thumb(), says);
  const person = citizen(visit, { hands });
  await person.begin(FUNERAL.procedure);
  await person.agency(FUNERAL.agency);
  await person.guided({ truong_hop: "khan-cap", ai_de_nghi: "lo-thay" });
  await person.onward();
  await person.onward();
  const next = page.getByRole("button", { name: says.simple.next, exact: true });
  // Whether anybody knows who died is the only question, until somebody does.
  await page.getByRole("button", { name: says.simple.on, exact: true }).waitFor();
  assert.equal(await next.count(), 0);
  await person.answer({ nc_biet_ai: "yes" });
  await next.waitFor();
  assert.ok(Number((await at(page).innerText()).match(/\d+\D+(\d+)/)[1]) > 4, "the count follows the conditions");
  await person.answer({ nc_biet_ai: "no" });
  await next.waitFor({ state: "hidden" });
  await person.answer({ nc_biet_ai: "yes" });
  await next.waitFor();
  assert.equal(await page.getByRole("button", { name: says.simple.before, exact: true }).count(), 0, "nothing comes before the first");
  assert.equal(await page.getByRole("button", { name: says.apply.continue, exact: true }).count(), 0, "one goes on after the last");
  await next.click();
  assert.ok(await at(page).evaluate((line) => line === document.activeElement), "who listens hears which question came");
  const heard = await at(page).textContent();
  const label = await page.locator("main [data-at=now] .label").first().innerText();
  assert.ok(heard.includes("2") && heard.includes(label), heard);

  await hands.press(page.getByRole("button", { name: says.apply.continue, exact: true }));
  const summary = page.locator("#problems");
  await summary.waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "problems");
  await person.look("mistakes");
  const link = summary.locator("a").first();
  const target = (await link.getAttribute("href")).slice(1);
  await link.click();
  const there = await page.evaluate((id) => {
    const control = document.getElementById(id);
    return { focused: control === document.activeElement, shown: Boolean(control.closest("[data-at=now]")) };
  }, target);
  assert.deepEqual(there, { focused: true, shown: true });
  assert.equal(await page.locator("main .field:visible").count(), 1, "one question is shown");
  await person.look("mended");
  // Leaving simple mode shows the whole step again, with what was typed.
  await page.getByRole("button", { name: says.simple.on, exact: true }).click();
  assert.ok((await page.locator("main .field:visible").count()) > 1);
  assert.equal(await page.locator(".easier-bar:visible").count(), 0);
});

journey("simple mode is chosen in the footer, and stays", async (visit) => {
  const { page, audit } = visit;
  const says = words();
  const person = citizen(visit);
  await page.goto("/");
  await person.settled();
  const choose = page.getByRole("button", { name: says.simple.on, exact: true });
  await choose.waitFor();
  assert.equal(await choose.getAttribute("aria-pressed"), "false");
  await choose.click();
  assert.equal(await choose.getAttribute("aria-pressed"), "true");
  await page.waitForFunction(() => parseFloat(getComputedStyle(document.body).fontSize) >= 22);
  await large(page);
  await audit("home");
  await page.goto("/track");
  await person.settled();
  await page.getByRole("button", { name: says.simple.on, exact: true }).waitFor();
  await large(page);
  await audit("track");
});

for (const desk of [false, true]) {
  journey(`high contrast and the system's own colours, ${desk ? "desk" : "phone"}`, async (visit) => {
    const { page, context, audit, shot } = visit;
    await chosen(context, { choices: ["contrast"] });
    const hands = thumb();
    const person = citizen({ page }, { hands });
    await person.begin(FUNERAL.procedure);
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color);
    await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(0, 0, 0)");
    await audit("contrast agency");
    await person.agency(FUNERAL.agency);
    await person.answer(CASE);
    await audit("contrast case");
    // The same from the system, without a choice on the page.
    await page.evaluate(() => document.documentElement.classList.remove("contrast"));
    assert.notEqual(await ink(), "rgb(0, 0, 0)");
    await page.emulateMedia({ contrast: "more" });
    assert.equal(await ink(), "rgb(0, 0, 0)");
    await page.emulateMedia({ contrast: null, forcedColors: "active" });
    const outline = await page.locator(".choice:has(:checked)").evaluate((choice) => getComputedStyle(choice).outlineStyle);
    assert.notEqual(outline, "none", "what is chosen shows without a ground");
    await shot("forced colours");
  }, { desk });
}

/** Gives the page a voice that notes what it is told to say: Chromium without a screen has none. */
const voice = (context, one) =>
  context.addInitScript((one) => {
    globalThis.heard = [];
    globalThis.SpeechSynthesisUtterance = class {
      constructor(text) {
        this.text = text;
      }
    };
    speechSynthesis.getVoices = () => [one];
    speechSynthesis.speak = ({ text, lang }) => globalThis.heard.push({ text, lang });
    speechSynthesis.cancel = () => globalThis.heard.push("stopped");
  }, one);

journey("a question is read aloud, and reading stops with it", async (visit) => {
  const { page, context, audit } = visit;
  await chosen(context);
  await voice(context, { lang: "vi_VN", localService: true, name: "invented" });
  const says = words();
  const person = citizen(visit, { hands: oneByOne(page, thumb(), says) });
  await person.begin(FUNERAL.procedure);
  await person.agency(FUNERAL.agency);
  await person.guided(CASE);
  await person.onward();
  await person.onward();
  const read = page.getByRole("button", { name: says.simple.read, exact: true });
  await read.click();
  const label = await page.locator("main [data-at=now] .label").first().innerText();
  const heard = () => page.evaluate(() => globalThis.heard);
  assert.ok((await heard()).some(({ text }) => text === label), "the label is read");
  assert.ok((await heard()).every(({ lang }) => lang === "vi_VN"));
  await page.getByRole("button", { name: says.simple.stop, exact: true }).waitFor();
  await audit("reading");
  await page.getByRole("button", { name: says.simple.next, exact: true }).click();
  assert.equal((await heard()).at(-1), "stopped", "another question ends it");
  await read.waitFor();
  await page.goto("/track");
  await person.settled();
  await read.click();
  const title = await page.locator("main h1").innerText();
  assert.ok((await heard()).some(({ text }) => text === title), "a page without questions is read whole");
});

journey("no button to read aloud where no voice of this phone speaks Vietnamese", async (visit) => {
  const { page, context } = visit;
  await chosen(context);
  // A voice that lives on a server would be sent what is on the page.
  await voice(context, { lang: "vi-VN", localService: false, name: "invented" });
  const person = citizen(visit);
  await page.goto("/track");
  await person.settled();
  await page.getByRole("button", { name: words().simple.on, exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: words().simple.read, exact: true }).count(), 0);
});

journey("a third language stands beside the second", async (visit) => {
  const { page } = visit;
  // Its file of words is one that the build writes for every language; here it comes from the test.
  await page.route("**/data/simple.vi.json", async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, languages: { ...answer.languages, xx: "Third" } } });
  });
  await page.goto("/");
  await citizen({ page }).settled();
  const third = page.getByRole("button", { name: "Third", exact: true });
  await third.waitFor();
  assert.equal(await page.locator("footer button[lang]").count(), 2, "English and the third");
});
