// What is to be sent from this phone, sent without a page: when the network is back, or when any page of the site opens.
// The page writes what to send before it sends by itself, and every request carries the draft's key, so that whoever comes
// first sends it and nobody sends it twice. Part of the service worker: sw.js loads it.

// As src/state/database.rs has them.
const NAME = "motcua";
const FORMAT = 1;
// What is sent at once without a page, in bytes: nobody watches the line, so a cut is to cost little.
const PART = 128 * 1024;

/** Sends everything that waits, one dossier after the other. Throws when something has to be tried again. */
async function sendAll() {
  // Whoever has the lock sends: this, or the page that shows the sending (src/state/outbox.rs).
  await navigator.locks.request("sending", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
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
    const answer = await sendPaper(database, waiting, paper);
    if (answer && !(await accepted(database, waiting, answer))) return;
  }
  const headers = { "Idempotency-Key": waiting.key, "Content-Type": "application/json" };
  const answer = await fetch("/api/v1/dossiers", { method: "POST", headers, body: waiting.manifest });
  if (!(await accepted(database, waiting, answer))) return;
  await received(database, waiting, await answer.text());
}

/**
 * Sends a paper whole or in parts, from where it was cut off, whoever began it: src/pages/apply/send/papers.rs does the
 * same, and src/state/sent.rs says what is remembered. Answers the last answer, or nothing when it had arrived before.
 */
async function sendPaper(database, waiting, { place, sha256, kind }) {
  const keep = async (sent) => {
    const change = strict(database, ["papers"]);
    change.objectStore("papers").put(sent, `${place}/sent`);
    await done(change);
  };
  const papers = database.transaction("papers").objectStore("papers");
  const [bytes, sent] = await Promise.all([asked(papers.get(place)), asked(papers.get(`${place}/sent`))]);
  if (sent === "whole") return null;
  const key = { "Idempotency-Key": waiting.key };
  let answer;
  if (!sent && !(bytes?.size > PART)) {
    const headers = { ...key, "Content-Type": kind };
    answer = await fetch(`/api/v1/papers/${sha256}`, { method: "PUT", headers, body: bytes });
  } else {
    answer = await sendParts(bytes, key, sha256, sent, keep);
  }
  if (answer.ok) await keep("whole");
  return answer;
}

/** Sends what is missing of a paper to its address, or to a new one, which `keep` remembers. */
async function sendParts(bytes, key, sha256, address, keep) {
  const tus = { "Tus-Resumable": "1.0.0" };
  let at = null;
  for (let failures = 0; ; ) {
    // A page that wants to send has somebody before it who watches: it goes on from the part that stands.
    const { pending } = await navigator.locks.query();
    if (pending.some(({ name }) => name === "sending")) throw new Error("a page sends");
    let answer;
    if (!address) {
      const told = { "Upload-Length": bytes.size, "Upload-Metadata": `sha256 ${btoa(sha256)}` };
      answer = await fetch("/api/v1/uploads", { method: "POST", headers: { ...tus, ...key, ...told } });
    } else if (at === null) {
      answer = await fetch(address, { method: "HEAD", headers: tus });
    } else {
      const headers = { ...tus, "Upload-Offset": at, "Content-Type": "application/offset+octet-stream" };
      answer = await fetch(address, { method: "PATCH", headers, body: bytes.slice(at, at + PART) });
    }
    if ([404, 409, 410, 423, 460].includes(answer.status) && failures < 4) {
      // Gone, or an earlier request of this phone is still arriving: asked again, or begun anew, after a while.
      if (answer.status === 404 || answer.status === 410) address = null;
      at = null;
      await new Promise((over) => setTimeout(over, 1000 * 2 ** failures++ * Math.random()));
      continue;
    }
    if (!answer.ok) return answer;
    const location = answer.headers.get("Location");
    if (location) await keep((address = location));
    at = arrived(answer);
    if (at >= bytes.size) return answer;
  }
}

/** How much has arrived. Who does not tell is not our server: a hotel's sign-in page answers everything with 200. */
function arrived(answer) {
  const told = answer.headers.get("Upload-Offset");
  if (told === null) throw new Error("another server answered");
  return Number(told);
}

/** Whether it goes on. What the API refuses is for the person to mend; what fails otherwise is tried again. */
async function accepted(database, waiting, answer) {
  if (answer.ok) return true;
  if (answer.status === 408 || answer.status === 429 || answer.status >= 500) throw new Error(`answered ${answer.status}`);
  const { missing = [] } = await answer.clone().json().catch(() => ({}));
  if (missing.length > 0) {
    // The server lets go of papers after a week. They are sent anew at the next try.
    const change = strict(database, ["papers"]);
    const lost = waiting.papers.filter(({ sha256 }) => missing.includes(sha256));
    for (const { place } of lost) change.objectStore("papers").delete(`${place}/sent`);
    await done(change);
    throw new Error("papers are missing");
  }
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
