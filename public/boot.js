// Starts the site's program: says what is happening while it loads, tries again when the network fails,
// and says so when the browser cannot run it. Every word it shows stands in index.html.

// Pages of the later program, as src/route.rs has them: papers, the look-over, sending, receipts, tracking, "may I?".
const later =
  /^\/(track|receipts)(\/|$)|^\/procedures\/[^/]+\/eligibility$|^\/drafts\/[^/]+\/(papers(\/\d+)?|check|send)$/;

// Those of the program that stands aside: to another phone and from one, and checking a receipt.
const aside = /^\/(check-receipt|open-draft)$|^\/receipts\/[^/]+\/check$|^\/drafts\/[^/]+\/hand-over$/;

const programs = JSON.parse(document.querySelector("meta[name=programs]").content);
const program = programs[aside.test(location.pathname) ? "aside" : later.test(location.pathname) ? "later" : "portal"];
const first = document.getElementById("first");
const progress = document.getElementById("first-progress");
const retry = document.getElementById("first-retry");

// Waits between attempts that nobody has to ask for, in milliseconds.
const PAUSES = [1000, 3000];

let attempts = 0;
let timers = [];

function say(what) {
  for (const part of first.querySelectorAll("[data-say]")) {
    part.hidden = part.dataset.say !== what;
  }
  const stopped = what === "failed" || what === "old";
  retry.hidden = what !== "failed";
  if (stopped) progress.hidden = true;
  first.querySelector(".skeleton").hidden = stopped;
}

function stopWaiting() {
  for (const timer of timers) clearTimeout(timer);
  timers = [];
}

// Under 300 ms nothing is said; after that words, and after 2 s a bar.
function startWaiting() {
  stopWaiting();
  timers = [
    setTimeout(() => say("wait"), 300),
    setTimeout(() => (progress.hidden = false), 2000),
    setTimeout(() => say("slow"), 8000),
  ];
}

// Reference types are the newest thing the program needs of WebAssembly: a module with one `ref.null` tells.
function tooOld() {
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 7, 1, 5, 0, 208, 112, 26, 11];
  return typeof WebAssembly !== "object" || !WebAssembly.validate(new Uint8Array(module));
}

// The same answer, with its bytes counted on their way to the compiler, which starts before the last has come.
function counted(answer) {
  const whole = Number(program.bytes);
  if (!answer.body || !(whole > 0)) return answer;
  const reader = answer.body.getReader();
  let come = 0;
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      come += value.length;
      progress.value = Math.min(100, (100 * come) / whole);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(body, { headers: answer.headers });
}

function dress() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = program.css;
  document.head.append(sheet);
}

async function load() {
  // An officer enters dossiers in this tab, apart from the citizens'.
  if (name === "counter") await import("/counter.js");
  const answer = await fetch(program.wasm);
  if (!answer.ok) throw new TypeError(`the program answered ${answer.status}`);
  // A module that failed to load is remembered as failed: another attempt needs another address.
  const again = attempts > 1 ? `?attempt=${attempts}` : "";
  const glue = await import(program.js + again);
  await glue.default({ module_or_path: counted(answer) });
}

// The program draws into #app, at once or after it has fetched the words of another language; until then nothing changes.
function drawn() {
  const app = document.getElementById("app");
  if (app.firstChild) return null;
  return new Promise((done) => {
    new MutationObserver((_, watching) => {
      watching.disconnect();
      done();
    }).observe(app, { childList: true });
  });
}

function cannotRun(error) {
  const { CompileError, LinkError } = WebAssembly;
  return error instanceof CompileError || error instanceof LinkError || error instanceof EvalError;
}

async function start() {
  attempts += 1;
  startWaiting();
  try {
    await load();
    await drawn();
    stopWaiting();
    first.remove();
    // The switches for easier reading stand in the page that is drawn.
    import("/simple.js").catch(() => {});
  } catch (error) {
    stopWaiting();
    console.error(error);
    if (cannotRun(error)) {
      say("old");
    } else if (attempts <= PAUSES.length) {
      say("slow");
      setTimeout(start, PAUSES[attempts - 1]);
    } else {
      say("failed");
    }
  }
}

function startAgain() {
  if (retry.hidden) return;
  say("wait");
  progress.removeAttribute("value");
  start();
}

// A page that the browser kept whole while another one wrote into the same draft would write old answers over new ones.
addEventListener("pageshow", (event) => event.persisted && location.reload());

if (tooOld()) {
  say("old");
} else {
  if (program.css) dress();
  retry.addEventListener("click", startAgain);
  addEventListener("online", startAgain);
  start();
}

// The first step of a form is seen before it can be filled in.
if (location.pathname.includes("/forms/")) import("/paint.js").catch(() => {});

// What keeps the site on the phone comes after everything a first visit needs.
addEventListener("load", () => import("/after.js").catch(() => {}));
