// What is to be sent from this phone, sent without a page: when the network is back, or when any page of the site opens.
// The page writes what to send before it sends by itself, and every request carries the draft's key, so that whoever comes
// first sends it and nobody sends it twice. Part of the service worker: sw.js loads it.

// As src/state/database.rs has them.
const NAME = "motcua";
const FORMAT = 1;

/** Sends everything that waits, one dossier after the other. Throws when something has to be tried again. */
async function sendAll() {
  // The page that shows the sending does it itself.
  const open = await clients.matchAll({ type: "window" });
  if (open.some((page) => page.url.endsWith("/send"))) return;
  await navigator.locks.request("sending", async () => {
    const database = await opened();
    if (!database) return;
    try {
      for (const waiting of await asked(database.transaction("outbox").objectStore("outbox").getAll())) {
        if (!waiting.refused) await sendOne(database, waiting);
      }
    } finally {
      database.close();
    }
  });
}

/** `waiting` is { key, name, manifest, papers: [{ place, sha256, kind }], drop: [places of all papers] }. */
async function sendOne(database, waiting) {
  for (const paper of waiting.papers) {
    const bytes = await asked(database.transaction("papers").objectStore("papers").get(paper.place));
    const headers = { "Idempotency-Key": waiting.key, "Content-Type": paper.kind };
    const answer = await fetch(`/api/v1/papers/${paper.sha256}`, { method: "PUT", headers, body: bytes });
    if (!(await accepted(database, waiting, answer))) return;
  }
  const headers = { "Idempotency-Key": waiting.key, "Content-Type": "application/json" };
  const answer = await fetch("/api/v1/dossiers", { method: "POST", headers, body: waiting.manifest });
  if (!(await accepted(database, waiting, answer))) return;
  await received(database, waiting, await answer.text());
}

/** Whether it goes on. What the API refuses is for the person to mend; what fails otherwise is tried again. */
async function accepted(database, waiting, answer) {
  if (answer.ok) return true;
  if (answer.status === 408 || answer.status === 429 || answer.status >= 500) throw new Error(`answered ${answer.status}`);
  const change = strict(database, ["outbox"]);
  change.objectStore("outbox").put({ ...waiting, refused: true }, waiting.key);
  await done(change);
  await tell();
  return false;
}

/** The draft gives way to its receipt, in one transaction. */
async function received(database, waiting, receipt) {
  const change = strict(database, ["drafts", "papers", "receipts", "outbox"]);
  const kept = packed(waiting.key, waiting.name, JSON.parse(receipt).sent_at, receipt);
  change.objectStore("receipts").put(kept, waiting.key);
  change.objectStore("drafts").delete(waiting.key);
  for (const place of waiting.drop) change.objectStore("papers").delete(place);
  change.objectStore("outbox").delete(waiting.key);
  await done(change);
  await tell();
}

async function tell() {
  for (const page of await clients.matchAll({ type: "window" })) page.postMessage("sent");
}

/** A `KeptReceipt` of src/state/receipts.rs as crates/pack writes it. */
function packed(key, name, sentAt, receipt) {
  const bytes = [FORMAT, ...text(key), ...text(name), ...number(BigInt(sentAt) * 2n), ...text(receipt)];
  return new Uint8Array(bytes);
}

function text(words) {
  const bytes = new TextEncoder().encode(words);
  return [...number(BigInt(bytes.length)), ...bytes];
}

function number(rest) {
  const bytes = [];
  for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

/** The database, if the site has made it; nothing is made here. */
function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onupgradeneeded = () => request.transaction.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => (request.error?.name === "AbortError" ? resolve(null) : reject(request.error));
  });
}

const strict = (database, stores) => database.transaction(stores, "readwrite", { durability: "strict" });

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const done = (change) =>
  new Promise((resolve, reject) => {
    change.oncomplete = resolve;
    change.onabort = change.onerror = () => reject(change.error);
  });
