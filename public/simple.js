// Easier to read: simple mode (one question a screen, large type, reading aloud), high contrast, and every language there is.
// The program knows nothing of it: this script only marks what the page shows and moves between the questions that the
// program has drawn; checking and keeping stay with the program. Its words come from the text files, written by the build.

const root = document.documentElement;
const main = document.getElementById("main");
const words = await (await fetch(`/data/simple.${root.lang}.json`)).json();

// ---- what was chosen, kept on this phone

const CHOICES = ["simple", "contrast"];

const chosen = (choice) => root.classList.contains(choice);

function choose(choice, holds) {
  root.classList.toggle(choice, holds);
  root.classList.toggle("easier", CHOICES.some(chosen));
  try {
    if (holds) localStorage.setItem(choice, "yes");
    else localStorage.removeItem(choice);
  } catch {
    // A phone that keeps nothing has it until the next page.
  }
  dress();
  show();
}

function dress() {
  if (!chosen("easier") || document.querySelector('link[href="/simple.css"]')) return;
  const sheet = element("link", { rel: "stylesheet", href: "/simple.css" });
  document.head.append(sheet);
}

function element(name, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

const button = (text, press, className) => {
  const made = element("button", { type: "button", className }, text);
  made.addEventListener("click", press);
  return made;
};

// ---- the switches in the footer

function footer() {
  const place = document.querySelector("footer");
  const switches = CHOICES.map((choice) => {
    const made = button(words[choice === "simple" ? "on" : choice], () => {
      choose(choice, !chosen(choice));
      made.setAttribute("aria-pressed", chosen(choice));
    }, "link");
    made.setAttribute("aria-pressed", chosen(choice));
    return made;
  });
  const line = element("p", {}, ...switches);
  line.setAttribute("role", "group");
  line.setAttribute("aria-label", words.easier);
  place.prepend(line);
  // The program's own switch leads to one other language; any further ones stand beside it.
  const [own] = place.querySelectorAll("button[lang]");
  for (const [code, name] of Object.entries(words.languages)) {
    if (code === root.lang || code === own.lang) continue;
    const made = button(name, () => {
      localStorage.setItem("language", code);
      location.reload();
    }, "link");
    made.lang = code;
    own.parentElement.append(" · ", made);
  }
}

// ---- one question a screen

const at = element("p", { className: "at", tabIndex: -1 });
const speaker = button(words.read, () => (speaking ? stop() : speak()), "button quiet");
const above = bar(words.where, "easier-bar", at, speaker);
const forward = button(words.next, () => move(1), "button");
const back = button(words.before, () => move(-1), "button quiet");
const below = bar(words.moves, "easier-bar moves", forward, back);

/** The summary of mistakes from which somebody has gone on to a question: it made its point, and stands in the way. */
let passed = null;

/** The key of the question shown, and where it stood, for when it is gone. */
let shown = { page: "", key: "", place: 0 };

function bar(label, className, ...inside) {
  const made = element("nav", { className, hidden: true }, ...inside);
  made.setAttribute("aria-label", label);
  return made;
}

/** The questions of the page in their order; a group with rows comes after the questions of its rows. */
function questions() {
  const found = [...main.querySelectorAll(".field, .paper-ask")];
  const follows = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
  return found.sort((a, b) => (a.contains(b) ? 1 : b.contains(a) ? -1 : follows(a, b) ? -1 : 1));
}

// The program draws questions anew when rows come and go: what stays is the name of their place.
const keyOf = (question) => question?.id || question?.querySelector("[id$='-problem']")?.id || "";

/** Follows what the program has drawn, and shows one question of it. */
function show() {
  const all = chosen("simple") ? questions() : [];
  const page = location.pathname;
  let place = all.findIndex((question) => keyOf(question) === shown.key);
  if (page !== shown.page) place = 0;
  else if (place < 0) place = Math.min(shown.place, all.length - 1);
  place = rowAdded(all) ?? place;
  const now = all[place];
  shown = { page, key: keyOf(now), place };
  mark(now, place, all.length);
  above.hidden = !chosen("simple") || (speaker.hidden && at.hidden);
}

function mark(now, place, count) {
  for (const one of main.querySelectorAll("[data-at]")) {
    if (one !== now && !one.contains(now ?? null)) one.removeAttribute("data-at");
  }
  for (let one = now; one && one !== main; one = one.parentElement) {
    set(one, "data-at", one === now ? "now" : "around");
  }
  // The button that scans a card stands before the name it fills in, and comes with it.
  for (const card of main.querySelectorAll("[data-card]")) {
    set(card, "data-beside", card.nextElementSibling?.nextElementSibling === now ? "" : null);
  }
  set(main, "data-question", count > 1 ? String(place + 1) : null);
  set(main, "data-last", count > 1 && place === count - 1 ? "" : null);
  const summary = document.getElementById("problems");
  if (summary) set(summary, "data-passed", count > 1 && summary === passed ? "" : null);
  at.hidden = below.hidden = count < 2;
  back.hidden = place === 0;
  forward.hidden = place === count - 1;
  const told = words.at.replace("{number}", place + 1).replace("{count}", count);
  if (at.dataset.told !== told + nameOf(now)) {
    at.dataset.told = told + nameOf(now);
    // Who sees the question sees its name below; who listens hears which one came.
    at.replaceChildren(told, element("span", { className: "unseen" }, `. ${nameOf(now)}`));
    stop();
  }
}

/** Attributes are only written when they change, so that watching the page comes to rest. */
function set(one, name, value) {
  if (one.getAttribute(name) === value) return;
  if (value === null) one.removeAttribute(name);
  else one.setAttribute(name, value);
}

const nameOf = (question) => question?.querySelector(".label, h2")?.textContent.trim() ?? "";

function move(by) {
  const all = questions();
  const place = Math.max(0, Math.min(all.length - 1, shown.place + by));
  passed = document.getElementById("problems");
  shown = { ...shown, key: keyOf(all[place]), place };
  show();
  scrollTo(0, 0);
  at.focus();
}

/** Shows the question that holds an element, so that it can take the focus. */
function reveal(target) {
  const all = questions();
  const place = all.findIndex((question) => question === target || question.contains(target));
  if (!chosen("simple") || place < 0) return;
  passed = document.getElementById("problems");
  shown = { ...shown, key: keyOf(all[place]), place };
  show();
}

// The summary of mistakes leads to a question by its link; it has to be there before the program gives it the focus.
addEventListener("click", (event) => {
  const link = event.target.closest?.("#problems a");
  const target = link && document.getElementById(link.hash.slice(1));
  if (target) reveal(target);
  adding = event.target.closest?.("fieldset > button[id]") && { key: shown.key, rows: rows(event.target) };
}, true);

/** The group whose button for one more row was pressed, and how many rows it had. */
let adding = null;

const rows = (part) => part?.closest("fieldset")?.querySelectorAll(".row-panel").length ?? 0;

/** The place of the first question of the row that has just come. */
function rowAdded(all) {
  const group = adding && all.find((question) => keyOf(question) === adding.key);
  if (!group || rows(group) <= adding.rows) return undefined;
  adding = null;
  const row = [...group.querySelectorAll(".row-panel")].at(-1);
  return all.findIndex((question) => row.contains(question));
}

// ---- reading aloud

/** What is being read, so that an end that comes late stops nothing newer. */
let speaking = null;

// A voice that lives elsewhere would be sent what stands on the page, and a page may say what is wrong with somebody.
const voiceOf = (language) =>
  globalThis.speechSynthesis?.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().replace("_", "-").startsWith(language));

function voices() {
  speaker.hidden = !voiceOf(root.lang);
  show();
}

/** What is read of a question: what is asked, the law's words, the help, and what may be chosen; of another page, all of it. */
function* readable() {
  const now = main.hasAttribute("data-question") ? main.querySelector("[data-at=now]") : null;
  const wanted = now
    ? ".label, .law, .hint, .bad-text, .warning, .choice, h2, p, label"
    : "h1, h2, h3, p, li, dt, dd, .code, .label, summary, .button, b, td, th";
  const taken = [];
  for (const part of (now ?? main).querySelectorAll(wanted)) {
    if (!part.checkVisibility?.() || part.closest(".unseen") || taken.some((one) => one.contains(part))) continue;
    taken.push(part);
    yield* pieces(part);
  }
}

/** The texts of an element, each with its language: the law's words stay Vietnamese on an English page. */
function* pieces(part) {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  let piece = null;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const language = text.parentElement.closest("[lang]").lang;
    if (piece?.language === language) piece.text += ` ${text.data}`;
    else {
      if (piece) yield piece;
      piece = { language, text: text.data };
    }
  }
  if (piece?.text.trim()) yield piece;
}

function speak() {
  const said = [...readable()].map(({ language, text }) => {
    const voice = voiceOf(language);
    const made = new SpeechSynthesisUtterance(text.trim());
    return voice && text.trim() ? Object.assign(made, { voice, lang: voice.lang, rate: 0.9 }) : null;
  }).filter(Boolean);
  if (said.length === 0) return;
  const run = (speaking = {});
  said.at(-1).onend = said.at(-1).onerror = () => speaking === run && stop();
  speaker.textContent = words.stop;
  for (const one of said) speechSynthesis.speak(one);
}

function stop() {
  if (!speaking) return;
  speaking = null;
  speaker.textContent = words.read;
  speechSynthesis.cancel();
}

// ---- begin

dress();
footer();
main.before(above);
main.after(below);
voices();
globalThis.speechSynthesis?.addEventListener("voiceschanged", voices);
addEventListener("pagehide", stop);
// Questions come and go by their conditions, rows by their buttons, pages by their links: each is drawn, then followed.
new MutationObserver(() => {
  if (location.pathname !== shown.page) stop();
  show();
}).observe(main, { childList: true, subtree: true });
