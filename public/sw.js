// The site without a network: what a first visit needs is kept when this script is installed, everything else when it is
// first asked for. The build writes the list; a changed file makes another script, which the browser fetches by itself.

importScripts("/outbox.js");

const FILES = "@files@".split(" ");
const SITE = "site-@version@";
// Files named by their content never change, so that a draft finds the form it was begun with after any update.
const KEPT = "kept";
// How long a file that is not kept yet may take before a person is told that there is no network, in milliseconds.
const PATIENCE = 20000;

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SITE)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" }))))
      .then(() => skipWaiting()),
  );
});

// The version before stays as well: a page that is open may still ask for a part of it.
addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("site-") && name !== SITE);
    await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(tidy());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // What is sent, what the API answers, the plain form, services, accounts, consents, public lists and the officers' site are never a cache's business.
  const others = /^\/(account|api|plain|dich-vu|dong-y|niem-yet|phan-anh|so-lieu|officer)(\/|$)/;
  if (request.method !== "GET" || origin !== location.origin || others.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(file(request, pathname));
});

addEventListener("sync", (event) => event.waitUntil(sendAll()));

// A page says so when it opens and when the network is back; where there is no Background Sync that is all there is.
addEventListener("message", (event) => event.waitUntil(sendAll().catch(() => {})));

// Every address of the site is the one page; which program draws it, boot.js decides.
async function page(request) {
  const kept = await (await caches.open(SITE)).match("/");
  return kept ?? fetch(request);
}

// Where agencies are to change, the catalogue of that day lies beside today's: it stands in its place from its day on. The
// day is the one in Việt Nam, seven hours ahead of UTC.
function asOfToday(pathname) {
  const today = new Date(Date.now() + 7 * 3600000).toISOString().slice(0, 10);
  const [, start] = /^(\/data\/catalogue\.[a-z]+\.)bin$/.exec(pathname) ?? [];
  const dated = (name) => start && name.startsWith(start) && /\.(\d{4}-\d\d-\d\d)\.bin$/.exec(name)?.[1] <= today;
  return FILES.filter(dated).sort().pop() ?? pathname;
}

async function file(request, asked) {
  const pathname = asOfToday(asked);
  const kept = (await (await caches.open(SITE)).match(pathname)) ?? (await caches.match(pathname));
  if (kept) return kept;
  const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.ok && /[-.][0-9a-f]{12,}/.test(pathname)) {
    const copy = answer.clone();
    // A full phone still shows the page; it only asks again next time.
    caches.open(KEPT).then((cache) => cache.put(pathname, copy)).catch(() => {});
  }
  return answer;
}
