// From a photograph to a page, in a worker: the browser decodes and encodes, the wasm beside this file does the rest.
// One picture at a time, and never two copies of one: pixels cross between canvas and wasm in strips.
//
// Where a browser has no canvas for workers (Safari before 16.4), the page imports this very module and calls `run`.

import init, { Binder, File, Photo } from "./picture.js";

/** The long side of the photograph that is kept, in pixels: fine enough that a sheet filling most of it has 170 dots an inch. */
const KEPT = 2400;
/** How well the kept photograph is encoded: pages are made of it, so it may cost more than a page. */
const KEPT_QUALITY = 0.86;
/** Bytes a page should not exceed. */
const ENOUGH = 350_000;
/** Qualities tried for a page until it is small enough; below the last, print begins to crumble. */
const QUALITIES = [0.8, 0.72, 0.64, 0.56, 0.48];
/** Rows that cross at a time: at most 2.4 MB. */
const STRIP = 256;

/** Why a file is not taken; `code` is what the page has words for. */
class Refusal extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

function canvas(width, height) {
  const made = typeof OffscreenCanvas === "function" ? new OffscreenCanvas(width, height) : document.createElement("canvas");
  made.width = width;
  made.height = height;
  // Kept in memory rather than on the graphics chip, which cheap phones have least of.
  const context = made.getContext("2d", { alpha: false, willReadFrequently: true });
  if (!context) throw new Refusal("memory");
  return { made, context };
}

/** Gives a canvas' memory back at once, without waiting for the collector. */
function release({ made }) {
  made.width = 0;
  made.height = 0;
}

async function encode({ made }, quality) {
  const type = "image/jpeg";
  const blob = made.convertToBlob ? await made.convertToBlob({ type, quality }) : await new Promise((done) => made.toBlob(done, type, quality));
  if (!blob) throw new Refusal("memory");
  return blob;
}

/** The picture of a blob, upright, on a canvas of at most `longest` pixels; `short` is its short side, if it is known. */
async function drawn(blob, longest, short, unread) {
  const options = { imageOrientation: "from-image" };
  // Made smaller while it is decoded. Its width is that of the picture as it is turned, which is not known here:
  // asked for when both sides are longer, the picture is never made too small and never blown up.
  if (short > longest) Object.assign(options, { resizeWidth: longest, resizeQuality: "high" });
  const bitmap = await createImageBitmap(blob, options).catch(() => {
    throw new Refusal(unread);
  });
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const on = canvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  on.context.fillStyle = "#fff";
  on.context.fillRect(0, 0, on.made.width, on.made.height);
  on.context.imageSmoothingQuality = "high";
  on.context.drawImage(bitmap, 0, 0, on.made.width, on.made.height);
  bitmap.close();
  return on;
}

/** The pixels of a canvas as the wasm holds them. */
function photo({ made, context }) {
  const photo = new Photo(made.width, made.height);
  for (let top = 0; top < made.height; top += STRIP) {
    const rows = Math.min(STRIP, made.height - top);
    photo.push(new Uint8Array(context.getImageData(0, top, made.width, rows).data.buffer));
  }
  return photo;
}

async function hash(blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const kept = async (blob, more) => ({ blob, bytes: blob.size, sha256: await hash(blob), ...more });

const tasks = {
  /** A chosen file: the photograph to keep, where its paper lies, and whether it can be read. */
  async take({ file }) {
    const told = new File(new Uint8Array(await file.arrayBuffer()));
    const { kind, short } = told;
    told.free();
    if (kind === "broken" || kind === "too-many-pixels") throw new Refusal(kind === "broken" ? "broken" : "pixels");
    const unread = { heic: "heic", pixels: "broken" }[kind] ?? "kind";
    const on = await drawn(file, KEPT, short, unread);
    const { width, height } = on.made;
    const seen = photo(on);
    const { blurred, dark, glare, edge, corners } = seen.look();
    seen.free();
    const blob = await encode(on, KEPT_QUALITY);
    release(on);
    return kept(blob, { width, height, blurred, dark, glare, edge, corners: corners ? [...corners] : null });
  },

  /** A kept photograph: the page within its corners, small enough to send. */
  async page({ blob, corners, turn, grey }) {
    const from = await drawn(blob, KEPT, 0, "broken");
    const seen = photo(from);
    release(from);
    const page = seen.straighten(new Float32Array(corners), turn, grey);
    const { width, height } = page;
    const on = canvas(width, height);
    for (let top = 0; top < height; top += STRIP) {
      const rows = page.rows(top, top + STRIP);
      on.context.putImageData(new ImageData(new Uint8ClampedArray(rows.buffer), width), 0, top);
    }
    page.free();
    let made;
    for (const quality of QUALITIES) {
      made = await encode(on, quality);
      if (made.size <= ENOUGH) break;
    }
    release(on);
    return kept(made, { width, height });
  },

  /** Pages, in order, as one document. */
  async bind({ pages }) {
    const binder = new Binder();
    for (const page of pages) binder.add(new Uint8Array(await page.arrayBuffer()));
    const pdf = binder.bind();
    if (!pdf) throw new Refusal("broken");
    return kept(new Blob([pdf], { type: "application/pdf" }));
  },
};

let ready;

/** Does a task; answers `{ done }` or `{ refused }` with a code. */
export async function run({ task, ...given }) {
  try {
    ready ??= init();
    await ready;
    return { done: await tasks[task](given) };
  } catch (error) {
    // The program itself did not come: asked for anew the next time.
    if (!(error instanceof Refusal)) ready = undefined;
    const memory = error instanceof RangeError || error instanceof WebAssembly.RuntimeError;
    return { refused: error.code && typeof error.code === "string" ? error.code : memory ? "memory" : "failed" };
  }
}

// In a worker: one message a task, in order, each answered under its number.
if (typeof document === "undefined") {
  let before = Promise.resolve();
  addEventListener("message", ({ data: { number, ...asked } }) => {
    before = before.then(async () => postMessage({ number, ...(await run(asked)) }));
  });
}
