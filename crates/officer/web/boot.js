// Starts the officers' program, and says so when it cannot. Every word it shows stands in index.html.

const { js, wasm } = document.querySelector("meta[name=program]").dataset;
const first = document.getElementById("first");
const retry = document.getElementById("first-retry");

let attempts = 0;

function say(what) {
  for (const part of first.querySelectorAll("[data-say]")) part.hidden = part.dataset.say !== what;
  retry.hidden = what !== "failed";
  first.querySelector(".skeleton").hidden = what !== "wait";
}

// The program draws into #app when it has started.
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
  // Under 300 ms nothing is said.
  const words = setTimeout(() => say("wait"), 300);
  try {
    // A module that failed to load is remembered as failed: another attempt needs another address.
    const glue = await import(attempts > 1 ? `${js}?attempt=${attempts}` : js);
    await glue.default({ module_or_path: fetch(wasm) });
    await drawn();
    first.remove();
  } catch (error) {
    console.error(error);
    say(cannotRun(error) ? "old" : "failed");
  } finally {
    clearTimeout(words);
  }
}

// The page opens at a village without a network. Where it cannot be kept, it opens only with one.
navigator.serviceWorker?.register("/officer/sw.js", { scope: "/officer" }).catch((error) => console.warn(error));

// A page that the browser kept whole may be another officer's.
addEventListener("pageshow", (event) => event.persisted && location.reload());

if (typeof WebAssembly !== "object") {
  say("old");
} else {
  retry.addEventListener("click", () => {
    say("wait");
    start();
  });
  start();
}
