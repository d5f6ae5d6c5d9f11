// The server speaks tus as others understand it: the public client tus-js-client sends papers up, is cut off, goes on.

import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { FileUrlStorage, Upload } from "tus-js-client";
import { openLine } from "../line.mjs";
import { pdf } from "../paper.mjs";
import { motcua, pause, startServer } from "../server.mjs";

const PART = 128 * 1024;
const patches = /^(PATCH|POST) .*\/uploads\/./;

let server;
let line;
const places = mkdtempSync(join(tmpdir(), "motcua-tus-"));

before(async () => {
  server = await startServer();
  line = await openLine(server.url);
});

after(async () => {
  await line.close();
  await server.stop();
  rmSync(places, { recursive: true });
});

const hash = (content) => createHash("sha256").update(content).digest("hex");

/** A paper of its own for every test, no stretch of which is like another. */
const paper = (name, bytes = 1_200_000) => {
  let noise = "";
  for (let round = 0; noise.length < bytes; round += 1) noise += hash(`${name} ${round}`);
  return pdf(`${name} ${noise.slice(0, bytes)}`);
};

/** The public client with a paper; `done` settles when it has succeeded or given up. */
function client(content, options = {}) {
  let settle;
  const done = new Promise((well, ill) => {
    settle = { onSuccess: well, onError: ill };
  });
  // Whoever does not wait for it does not care.
  done.catch(() => {});
  const upload = new Upload(content, {
    endpoint: `${line.url}/api/v1/uploads`,
    chunkSize: PART,
    retryDelays: null,
    headers: { "Idempotency-Key": options.draft ?? randomUUID() },
    metadata: { sha256: hash(content) },
    ...settle,
    ...options,
  });
  return { upload, done };
}

/** The server has this very paper, whole. */
function kept(content) {
  const name = hash(content);
  const bytes = readFileSync(join(server.data, "papers", name.slice(0, 2), name));
  assert.ok(bytes.equals(content), "byte by byte");
  execFileSync(motcua, ["doctor", "--data", server.data]);
}

test("in parts, from the first byte to the last", async () => {
  const content = paper("plain");
  const progress = [];
  const { upload, done } = client(content, { onChunkComplete: (_, accepted) => progress.push(accepted) });
  const before = line.sent(patches);
  upload.start();
  await done;
  assert.equal(line.sent(patches) - before, content.length);
  assert.equal(progress.length, Math.ceil(content.length / PART));
  assert.equal(progress.at(-1), content.length);
  kept(content);
});

test("cut at nine tenths, another client finds the address it kept and sends at most one part again", async () => {
  const content = paper("cut");
  const urlStorage = new FileUrlStorage(join(places, "addresses"));
  const draft = randomUUID();
  const before = line.sent(patches);
  const first = client(content, { urlStorage, draft });
  const cut = line.cutAfter(Math.floor(content.length * 0.9));
  first.upload.start();
  await cut;
  await assert.rejects(first.done);
  line.mend();
  // What was on the line is still being written; a phone is no sooner back either.
  await pause(200);
  const second = client(content, { urlStorage, draft });
  const [previous] = await second.upload.findPreviousUploads();
  assert.ok(previous.uploadUrl.startsWith(`${line.url}/api/v1/uploads/`));
  second.upload.resumeFromPreviousUpload(previous);
  second.upload.start();
  await second.done;
  const again = line.sent(patches) - before - content.length;
  assert.ok(again <= PART, `${again} bytes sent again`);
  kept(content);
});

test("stopped at nine tenths of one single part, it goes on by its address where the line broke", async () => {
  const content = paper("single");
  const before = line.sent(patches);
  const first = client(content, { chunkSize: Infinity });
  const cut = line.cutAfter(Math.floor(content.length * 0.9));
  first.upload.start();
  await cut;
  await assert.rejects(first.done);
  line.mend();
  await pause(200);
  const second = client(content, { chunkSize: Infinity, uploadUrl: first.upload.url });
  second.upload.start();
  await second.done;
  assert.equal(line.sent(patches) - before, content.length, "not one byte sent again");
  kept(content);
});

test("the server is killed in the middle, and the client goes on by itself when it is back", async () => {
  const content = paper("killed");
  const before = line.sent(patches);
  const { upload, done } = client(content, { retryDelays: [200, 500, 1000, 2000, 3000, 3000] });
  line.slow(2_000_000);
  const passed = new Promise((half) => {
    upload.options.onChunkComplete = (_, accepted) => accepted > content.length / 2 && half();
  });
  upload.start();
  await passed;
  await server.kill();
  server = await startServer({ data: server.data, port: new URL(server.url).port });
  await done;
  line.slow(Infinity);
  const again = line.sent(patches) - before - content.length;
  assert.ok(again <= PART, `${again} bytes sent again`);
  kept(content);
});

test("a paper the draft has sent before is not sent again", async () => {
  const content = paper("twice");
  const draft = randomUUID();
  const first = client(content, { draft });
  first.upload.start();
  await first.done;
  const before = line.sent(patches);
  const second = client(content, { draft, retryDelays: [0] });
  second.upload.start();
  await second.done;
  // This client begins at 0 whatever the announcement says; refused there, it asks.
  assert.ok(line.sent(patches) - before <= PART);
  kept(content);
});

test("where PATCH is not let through, POST says that it means it", async () => {
  const content = paper("override");
  const { upload, done } = client(content, { overridePatchMethod: true });
  upload.start();
  await done;
  assert.equal(line.requests(/^PATCH/).filter(({ what }) => upload.url.endsWith(what.slice(6))).length, 0);
  kept(content);
});

test("what is taken away is gone", async () => {
  const content = paper("away");
  const { upload } = client(content);
  const stopped = new Promise((stop) => {
    upload.options.onChunkComplete = () => stop(upload.abort(true));
  });
  upload.start();
  await stopped;
  const asked = await fetch(upload.url, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" } });
  assert.equal(asked.status, 404);
});

test("what is not the paper that was announced is refused at its end, and begun anew", async () => {
  const content = paper("changed");
  const { upload, done } = client(content, { metadata: { sha256: hash("another") }, retryDelays: [0, 0] });
  upload.start();
  const error = await done.then(() => assert.fail("taken"), (error) => error);
  assert.equal(error.originalResponse.getStatus(), 422);
  assert.equal(JSON.parse(error.originalResponse.getBody()).code, "hash-differs");
  const again = client(content, { uploadUrl: upload.url });
  again.upload.start();
  await again.done;
  assert.notEqual(again.upload.url, upload.url, "the old address is unknown, so a new one was asked for");
  kept(content);
});
