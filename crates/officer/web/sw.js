// The officers' site without a network: its page and its program, and nothing else. What the API answers and what officers
// type never lies in a cache. The build writes the list; a changed file makes another script, which the browser fetches.

const FILES = "@files@".split(" ");
const SHELL = "officer-@version@";
const PAGE = "/officer";
// How long the network may take with the page before the kept one is shown, in milliseconds.
const PATIENCE = 4000;

addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(SHELL);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
    await skipWaiting();
  };
  event.waitUntil(keep());
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    const others = (await caches.keys()).filter((name) => name.startsWith("officer-") && name !== SHELL);
    await Promise.all(others.map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname !== PAGE && !pathname.startsWith(`${PAGE}/`)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(file(request, pathname));
});

// The newest page where there is a network: officers work with what the server knows today.
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) return answer;
  } catch {
    // No network, or one that does not answer in time.
  }
  const kept = await (await caches.open(SHELL)).match(PAGE);
  return kept ?? fetch(request);
}

// Files are named by their content, so a kept one is never an old one.
async function file(request, pathname) {
  const kept = await (await caches.open(SHELL)).match(pathname);
  return kept ?? fetch(request);
}
