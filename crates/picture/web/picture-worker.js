// From a photograph to a page, in a worker: the browser decodes and encodes, the wasm beside this file does the rest.
// One picture at a time, and never two copies of one: pixels cross between canvas and wasm in strips.
//
// Where a browser has no canvas for workers (Safari before 16.4), the page loads this very module and speaks to it as to a worker.

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

/** The wasm's classes, once it has come. */
let tools;

/** Fetches the wasm; its addresses come with each task, because only the page knows them. */
async function fetched({ js, wasm }) {
  const glue = await import(js);
  await glue.default({ module_or_path: wasm });
  return glue;
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
  const photo = new tools.Photo(made.width, made.height);
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
  /** Nothing yet: the program is fetched while the person is still photographing. */
  async ready() {},

  /** A chosen file: the photograph to keep, where its paper lies, and whether it can be read. */
  async take({ file }) {
    const told = new tools.File(new Uint8Array(await file.arrayBuffer()));
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
    if (!page) throw new Refusal("corners");
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
    const binder = new tools.Binder();
    for (const page of pages) binder.add(new Uint8Array(await page.arrayBuffer()));
    const pdf = binder.bind();
    if (!pdf) throw new Refusal("broken");
    return kept(new Blob([pdf], { type: "application/pdf" }));
  },
};

/** Does a task; answers `{ done }` or `{ refused }` with a code. */
async function run({ task, program, ...given }) {
  try {
    tools ??= await fetched(program);
    return { done: (await tasks[task](given)) ?? true };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.code };
    console.warn(error);
    const memory = error instanceof RangeError || error instanceof WebAssembly.RuntimeError;
    return { refused: memory ? "memory" : "failed" };
  }
}

let before = Promise.resolve();
/** Does a task when those before it are done, and hands on the answer under the task's number. */
function inTurn({ number, ...asked }, answer) {
  before = before.then(async () => answer({ number, ...(await run(asked)) }));
}

if (typeof document === "undefined") {
  addEventListener("message", ({ data }) => inTurn(data, postMessage));
} else {
  // As a script of the page it answers like a worker; the page does not have to know the difference.
  globalThis.pictureTasks = { postMessage: (data) => inTurn(data, (answer) => globalThis.pictureTasks.onmessage({ data: answer })) };
}
