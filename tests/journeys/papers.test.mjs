// Photographs of papers become pages: straightened by their corners, turned, grey, judged, put in order, bound into one
// document, and small enough for a poor line, on a phone with little memory.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { citizen } from "../citizen.mjs";
import { journey } from "../harness.mjs";
import { file, onTable, turned } from "../paper.mjs";
import { fill, pattern, words } from "../words.mjs";

const says = words();

/** A draft on its page of papers. */
async function papersPage(visit) {
  const person = citizen(visit);
  await person.begin("ho-tro-chi-phi-mai-tang");
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await visit.page.goto(new URL(visit.page.url()).pathname.replace(/outcome$/, "papers"));
  await person.settled();
  const give = (...files) => visit.page.locator("input[type=file]").nth(1).setInputFiles(files);
  const rows = visit.page.locator(".pages > li");
  return { person, give, rows };
}

/** On the page of a photograph, once it is drawn. */
async function opened(page) {
  await page.waitForURL("**/papers/*");
  await page.locator("#photo-board[width='900']").or(page.locator("#photo-board[width='1200']")).waitFor();
}

/** A draft as `src/state/draft.rs` packs it (crate `pack`): no names, only values one after the other. */
function unpacked(bytes) {
  const { number, text, many, skip, ended } = reader(bytes.slice(1)); // The first byte is the format's.
  const answers = () => many(() => [text(), text()]);
  const key = text();
  for (let field = 0; field < 3; field += 1) text();
  answers();
  many(() => [text(), answers()]);
  const papers = many(() => ({ number: number(), paper: text(), name: text(), kind: text(), bytes: number(), before: number(), sha256: text(), pages: packedNumbers(many(number)) }));
  const done = many(text);
  skip();
  many(() => [text(), text(), skip(), text()]);
  number();
  number();
  const photos = reader(many(number));
  assert.ok(ended(), "the whole draft is read");
  return { key, papers, done, photos: photos.many(() => photograph(photos)) };
}

const packedNumbers = (bytes) => {
  const { many, number } = reader(bytes);
  return bytes.length > 0 ? many(number) : [];
};

function photograph({ number, text, many }) {
  const page = () => ({ number: number(), bytes: number(), sha256: text() });
  return {
    number: number(), paper: text(), before: number(), sha256: text(), width: number(), height: number(), faults: many(number),
    corners: many(() => [number() / 100_000, number() / 100_000]), found: number() === 1, turn: number(), grey: number() === 1,
    page: number() === 1 ? page() : null,
  };
}

function reader(bytes) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const next = bytes[at++];
      value += (next & 127) * weight;
      if (next < 128) return value;
    }
  };
  const skip = () => {
    while (bytes[at++] >= 128);
  };
  const text = () => {
    const length = number();
    return Buffer.from(bytes.slice(at, (at += length))).toString("utf8");
  };
  const many = (one) => Array.from({ length: number() }, one);
  return { number, text, many, skip, ended: () => at === bytes.length };
}

/** What the phone has kept: the draft's photographs and papers, each with what its bytes are. */
async function kept(page) {
  const found = await page.evaluate(async () => {
    const open = indexedDB.open("motcua");
    await new Promise((done) => (open.onsuccess = done));
    const all = async (store, method) => {
      const asked = open.result.transaction(store).objectStore(store)[method]();
      await new Promise((done) => (asked.onsuccess = done));
      return asked.result;
    };
    const [draft] = await all("drafts", "getAll");
    const keys = await all("papers", "getAllKeys");
    const blobs = await all("papers", "getAll");
    open.result.close();
    const look = async (blob) => {
      const text = new TextDecoder("latin1").decode(await blob.arrayBuffer());
      const found = { size: blob.size, type: blob.type, exif: text.includes("Exif"), text };
      if (!blob.type.startsWith("image/")) return found;
      const bitmap = await createImageBitmap(blob);
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d");
      context.drawImage(bitmap, 0, 0);
      const at = (x, y) => [...context.getImageData(Math.floor(bitmap.width * x), Math.floor(bitmap.height * y), 1, 1).data.slice(0, 3)];
      return { ...found, width: bitmap.width, height: bitmap.height, edges: [at(0.02, 0.02), at(0.98, 0.02), at(0.98, 0.98), at(0.02, 0.98)] };
    };
    const bytes = {};
    for (const [place, blob] of blobs.entries()) bytes[keys[place]] = await look(blob);
    return { draft: [...draft], bytes };
  });
  const { key, done, ...draft } = unpacked(found.draft);
  const bytes = (number) => found.bytes[`${key}/${number}`];
  const photos = draft.photos.map((photo) => ({ ...photo, bytes: bytes(photo.number), page: photo.page && { ...photo.page, bytes: bytes(photo.page.number) } }));
  const papers = draft.papers.map((paper) => ({ ...paper, content: bytes(paper.number) }));
  return { photos, papers, done, blobs: Object.keys(found.bytes).length };
}

/** The most memory the page's renderer has had since `begin`, in bytes; only Linux tells it. */
async function memory(page) {
  const session = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => `/proc/${id}`);
  const most = (what) => Math.max(...renderers.map((folder) => Number(readFileSync(`${folder}/status`, "latin1").match(new RegExp(`${what}:\\s+(\\d+)`))[1]) * 1024));
  // The number that makes Linux forget the peak so far.
  renderers.forEach((folder) => writeFileSync(`${folder}/clear_refs`, "5"));
  return { now: most("VmRSS"), peak: () => most("VmHWM") };
}

journey("ten photographs of 12 megapixels leave as one small document, in order", async (visit) => {
  const { page, audit, shot } = visit;
  const { person, give, rows } = await papersPage(visit);
  const folder = mkdtempSync(join(tmpdir(), "motcua-photos-"));
  // Drawn by another browser page, whose memory goes with it.
  const camera = await visit.context.browser().newContext();
  const lens = await camera.newPage();
  const files = [];
  let before = 0;
  // Turned, as a phone held upright writes it.
  for (let number = 1; number <= 10; number += 1) {
    const { jpeg } = await onTable(lens, `Giấy chứng tử, tờ ${"I".repeat(number)}`, { width: 4000, height: 3000, angle: number - 95 });
    files.push(join(folder, `IMG_${number}.jpg`));
    writeFileSync(files.at(-1), turned(jpeg));
    before += jpeg.length;
  }
  assert.ok(before > 25_000_000, `heavy photographs: ${before} bytes`);
  await camera.close();
  const used = await memory(page);
  await give(...files);
  await page.waitForURL("**/papers/*", { timeout: 120_000 });
  rmSync(folder, { recursive: true });
  for (let number = 1; number <= 10; number += 1) {
    await page.getByText(fill(says.photo.place, { number, count: 10 })).waitFor();
    await opened(page);
    if (number === 2) await shot("second of ten");
    await person.usePhoto();
  }
  await rows.nth(9).waitFor();
  const most = used.peak();
  await audit("ten pages");
  assert.match(await page.locator(".paper-ask").first().innerText(), pattern(says.papers.document));
  // The last page comes before the one above it.
  const order = () => kept(page).then(({ photos }) => photos.map(({ number }) => number));
  const first = await order();
  await rows.nth(9).getByRole("button", { name: pattern(says.papers.earlier) }).click();
  await person.settled();
  const wanted = [...first.slice(0, 8), first[9], first[8]];
  assert.deepEqual(await order(), wanted, "the last page has moved up");
  assert.match(await page.evaluate(() => document.activeElement.id), new RegExp(`^up-${first[9]}$`), "and kept the focus");
  await person.press();
  const { photos, papers } = await kept(page);
  assert.equal(papers.length, 1, "one document");
  const [{ content, name, bytes, pages }] = papers;
  assert.equal(name, "Giấy chứng tử (trích lục khai tử).pdf");
  assert.deepEqual(pages, photos.map((photo) => photo.page.number));
  assert.equal(bytes, content.size);
  const places = photos.map((photo) => content.text.indexOf(photo.page.bytes.text));
  assert.ok(places.every((place, at) => place > (places[at - 1] ?? 0)), `every page is in it, in order: ${places}`);
  const ratio = content.size / before;
  assert.ok(ratio <= 0.15, `${content.size} of ${before} bytes: ${ratio.toFixed(3)}`);
  for (const { page: { bytes: made }, bytes: photograph } of photos) {
    assert.ok(made.size <= 400_000, `a page of ${made.size} bytes`);
    assert.ok(made.height >= 1750, `${made.width} × ${made.height} are 150 dots an inch of A4`);
    assert.ok(!made.exif && !photograph.exif, "nothing tells where or when it was taken");
    assert.ok(made.edges.flat().every((light) => light > 150), `paper to all four corners: ${made.edges}`);
  }
  const mega = (bytes) => Math.round(bytes / 1_000_000);
  console.log(`    ratio ${ratio.toFixed(3)}, a page ${Math.round(content.size / 10_000)} KB, renderer ${mega(used.now)} MB idle, ${mega(most - used.now)} MB more at most`);
  // 187 MB were measured: docs/decisions/0009-paper-to-page.md.
  assert.ok(most - used.now < 350_000_000, `${mega(most - used.now)} MB more than an idle page`);
}, { seconds: 400 });

journey("corners by thumb and by keys, turned, grey", async (visit) => {
  const { page, audit } = visit;
  const { person, give } = await papersPage(visit);
  const { jpeg, corners } = await onTable(page, "Giấy chứng tử", { angle: 9 });
  await give(file("IMG_1.jpg", "image/jpeg", jpeg));
  await opened(page);
  await audit("photo");
  const found = (await kept(page)).photos[0];
  assert.ok(found.found, "the corners are found");
  const off = Math.max(...found.corners.flat().map((share, place) => Math.abs(share - corners.flat()[place])));
  assert.ok(off < 0.006, `within a hair: ${off}`);
  const corner = (name) => page.getByRole("button", { name: says.photo[name], exact: true });
  for (const name of ["upper_left", "upper_right", "lower_right", "lower_left"]) {
    const { width, height } = await corner(name).boundingBox();
    assert.ok(width >= 48 && height >= 48, `${name} is ${width} × ${height}`);
  }
  // A thumb drags a corner 40 pixels in, two keys bring another back and forth.
  const box = await corner("upper_left").boundingBox();
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(middle.x + 6, middle.y + 6);
  await page.mouse.down();
  await page.mouse.move(middle.x + 26, middle.y + 26, { steps: 4 });
  await page.mouse.move(middle.x + 46, middle.y + 46, { steps: 4 });
  const now = await corner("upper_left").boundingBox();
  await visit.shot("corner held");
  await page.mouse.up();
  assert.ok(Math.abs(now.x - box.x - 40) < 2 && Math.abs(now.y - box.y - 40) < 2, `the corner follows the finger, and does not jump: ${JSON.stringify([box, now])}`);
  const right = await corner("lower_right").boundingBox();
  await corner("lower_right").focus();
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("ArrowUp");
  const keyed = await corner("lower_right").boundingBox();
  assert.ok(keyed.x < right.x - 5 && keyed.y < right.y && keyed.y > right.y - 5, "keys move it, Shift farther");
  // Turned to the right, the corner that was moved is the upper right one.
  await page.getByRole("button", { name: says.photo.right, exact: true }).click();
  await page.locator("#photo-board[width='1200']").waitFor();
  await page.getByRole("checkbox", { name: says.photo.grey }).check();
  await audit("photo turned grey");
  await person.usePhoto();
  const { photos } = await kept(page);
  const { page: made, turn, grey } = photos[0];
  assert.deepEqual({ turn, grey }, { turn: 1, grey: true });
  assert.ok(made.bytes.width > made.bytes.height, "the page lies");
  for (const edge of made.bytes.edges.slice(1, 2)) assert.ok(Math.min(...edge) > 245 && Math.max(...edge) - Math.min(...edge) < 6, `white: ${edge}`);
  // Looked at again, it is as it was left, and the whole photograph can be taken instead.
  await page.getByRole("link", { name: pattern(says.papers.edit) }).first().click();
  await opened(page);
  await page.getByRole("button", { name: says.photo.whole, exact: true }).click();
  await page.getByRole("checkbox", { name: says.photo.grey }).uncheck();
  await person.usePhoto();
  const again = (await kept(page)).photos[0];
  assert.notEqual(again.page.number, made.number, "a new page");
  assert.ok(again.page.bytes.edges.flat().some((light) => light < 140), "the table is on it");
  assert.equal((await kept(page)).blobs, 2, "and the old page is gone");
}, { seconds: 240 });

journey("corners that make no sheet are told", async (visit) => {
  const { page } = visit;
  const { give } = await papersPage(visit);
  const { jpeg } = await onTable(page, "Giấy chứng tử");
  await give(file("IMG_1.jpg", "image/jpeg", jpeg));
  await opened(page);
  const corner = page.getByRole("button", { name: says.photo.upper_left, exact: true });
  await corner.focus();
  for (let step = 0; step < 22; step += 1) await page.keyboard.press("Shift+ArrowRight");
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("Shift+ArrowDown");
  await page.getByRole("button", { name: says.photo.use, exact: true }).click();
  await page.locator("#photo-wrong:focus", { hasText: says.problem.paper_corners }).waitFor();
});

journey("blurred and dark are said before sending, and may be insisted on", async (visit) => {
  const { page, audit } = visit;
  const { person, give, rows } = await papersPage(visit);
  const bad = await onTable(page, "Giấy chứng tử", { blur: 9 });
  await give(file("IMG_1.jpg", "image/jpeg", bad.jpeg));
  await opened(page);
  await page.getByRole("alert").getByText(says.photo.blurred).waitFor();
  await audit("blurred");
  const [first, second] = await page.locator(".choices > *").allInnerTexts();
  assert.deepEqual([first.trim(), second.trim()], [says.photo.again, says.photo.insist], "taking it again comes first");
  const dark = await onTable(page, "Giấy chứng tử", { light: 0.22 });
  const address = page.url();
  await page.locator(".choices input[type=file]").setInputFiles(file("IMG_2.jpg", "image/jpeg", dark.jpeg));
  await page.waitForURL((url) => url.href !== address);
  await opened(page);
  await page.getByRole("alert").getByText(says.photo.dark).waitFor();
  assert.equal(await page.getByText(says.photo.blurred).count(), 0, "it is dark, and sharp");
  await audit("dark");
  await page.goBack();
  await person.settled();
  await rows.first().waitFor();
  assert.equal(await rows.count(), 1, "in place of the blurred one");
  await page.getByRole("button", { name: says.apply.continue, exact: true }).click();
  await page.locator("#problems").getByText(fill(says.problem.paper_unseen, { arg: 1, label: "Giấy chứng tử (trích lục khai tử)" })).waitFor();
  await audit("not looked at");
  await rows.first().getByRole("link", { name: pattern(says.papers.look) }).click();
  await opened(page);
  await page.getByRole("button", { name: says.photo.insist, exact: true }).click();
  await page.getByText(says.papers.have, { exact: true }).first().waitFor();
  const { photos } = await kept(page);
  assert.equal(photos.length, 1);
  assert.ok(photos[0].page, "it is used");
}, { seconds: 240 });

journey("where workers have no canvas, the page does the work itself", async (visit) => {
  const { page } = visit;
  const { person, give, rows } = await papersPage(visit);
  const { jpeg } = await onTable(page, "Giấy chứng tử");
  // Safari before 16.4.
  await page.addInitScript(() => delete globalThis.OffscreenCanvas);
  await page.reload();
  await person.settled();
  await give(file("IMG_1.jpg", "image/jpeg", jpeg));
  await opened(page);
  await page.getByText(says.photo.hint).waitFor();
  await person.usePhoto();
  const picture = rows.first().locator("img.thumb");
  await picture.waitFor();
  const { width, height } = await picture.evaluate((image) => image.decode().then(() => ({ width: image.naturalWidth, height: image.naturalHeight })));
  assert.ok(Math.abs(height / width - Math.SQRT2) < 0.01, `straightened to A4: ${width} × ${height}`);
  assert.equal(await page.locator("script[src='/picture-worker.js']").count(), 1, "by a script of its own");
}, { seconds: 180 });
