// A tab in which an officer of the one-stop desk enters dossiers that came on paper: the citizens' pages, and what differs.
// boot.js waits for this before it starts the program, in a tab that the officers' site has named "counter" and left a note in
// (crates/officer/src/counter.rs). Drafts, papers and receipts lie in a database of the officer's own: no citizen at this
// machine, no other officer and no service worker comes upon them. Words are Vietnamese only, as the officers' site is.

const NOTE = "counter";
// Whoever types is looked for this often at most, in milliseconds: the officer may have signed out in another tab.
const OFTEN = 60_000;

const note = JSON.parse(sessionStorage.getItem(NOTE));
let looked = 0;
let active = Date.now();
let over = false;

function apart() {
  const shared = window.indexedDB;
  const own = { open: (name, version) => shared.open(`${name}-counter-${note.officer}`, version) };
  Object.defineProperty(window, "indexedDB", { value: own });
  // What the site marks beside its drafts: none of it is a citizen's at this machine.
  Object.defineProperty(window, "localStorage", { value: sessionStorage });
  // By this the program knows (src/state/counter.rs).
  Object.defineProperty(window, "motcuaCounter", { value: note });
}

/** Whether the officer is signed in still. Without a network nobody knows, and what is typed stays here. */
async function stands() {
  looked = Date.now();
  try {
    const answer = await fetch("/api/v1/officers/me", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (!answer.ok) return answer.status !== 401;
    return (await answer.json()).id === note.officer;
  } catch {
    return true;
  }
}

// An absolute address: the program takes links of this site for its own pages.
const desk = `${location.origin}/officer/counter`;

function remember() {
  sessionStorage.setItem(NOTE, JSON.stringify({ ...note, at: location.pathname }));
}

function element(name, properties, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

const app = document.getElementById("app");

/** Says in whose name is typed, above the page that the program draws and after the link that skips to its words. */
function say() {
  const who = element("span", {}, `${note.name} · ${note.unit}`);
  const back = element("a", { href: desk }, "Về trang cán bộ");
  back.addEventListener("click", remember);
  const bar = element("aside", { className: "counter" }, element("b", {}, `Nhập tại quầy: ${note.says}`), who, back);
  bar.setAttribute("aria-label", "Nhập hồ sơ tại quầy");
  new MutationObserver((_, watching) => {
    watching.disconnect();
    app.querySelector(".skip").after(bar);
  }).observe(app, { childList: true });
}

/** Nobody reads on or types on until the officer has signed in again; all that was typed is kept. */
function lock() {
  if (over) return;
  over = true;
  remember();
  app.hidden = true;
  const again = element("a", { href: desk, className: "button" }, "Đăng nhập lại");
  const says = element("p", {}, `Hồ sơ này do ${note.name} nhập dở. Những gì đã nhập vẫn còn; đăng nhập lại để làm tiếp.`);
  document.body.prepend(element("main", {}, element("h1", {}, "Phiên làm việc đã hết"), says, again));
  again.focus();
}

async function look() {
  active = Date.now();
  if (active - looked > OFTEN && !(await stands())) lock();
}

async function begin() {
  apart();
  if (!(await stands())) {
    remember();
    location.replace(desk);
    // Nothing of the draft is drawn.
    await new Promise(() => {});
  }
  document.head.append(element("link", { rel: "stylesheet", href: "/counter.css" }));
  say();
  for (const sign of ["input", "click", "pageshow"]) addEventListener(sign, look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  // The session ends when nobody does anything, and the page with it.
  setInterval(() => Date.now() - active > note.idle_seconds * 1000 && lock(), 15_000);
}

if (note) await begin();
else window.name = "";
