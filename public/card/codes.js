// Finds the text of a QR code in a canvas: by the browser where it can, else by our own reader in a worker.

/** The browser's reader, or null. Chrome on Android has it; Safari and Firefox have not. */
async function ownReader() {
  try {
    const formats = await globalThis.BarcodeDetector?.getSupportedFormats();
    return formats?.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  } catch {
    return null;
  }
}

/** Reads canvases one after another. `read(canvas, only)`: `only` tries harder, for a picture that has no successor. */
export class Codes {
  #own = ownReader();
  #worker = null;
  #waiting = new Map();
  #count = 0;
  #program;

  /** `program`: where our own reader is, `{ js, wasm }`. */
  constructor(program) {
    this.#program = program;
  }

  async read(canvas, only) {
    const own = await this.#own;
    if (own) {
      const found = await own.detect(canvas).catch(() => []);
      const text = found.map((code) => code.rawValue).find((text) => text);
      if (text || !only) return text ?? null;
    }
    return this.#inWorker(canvas, only);
  }

  #inWorker(canvas, only) {
    this.#worker ??= this.#start();
    const { width, height } = canvas;
    const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data.buffer;
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, width, pixels, only, program: this.#program }, [pixels]);
    });
  }

  #start() {
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: { id, text, failed } }) => {
      const { resolve, reject } = this.#waiting.get(id) ?? {};
      this.#waiting.delete(id);
      if (failed) reject?.(new Error("the reader failed"));
      else resolve?.(text);
    };
    worker.onerror = () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("the reader could not be loaded"));
      this.#waiting.clear();
      this.#worker = null;
    };
    return worker;
  }

  close() {
    this.#worker?.terminate();
    this.#worker = null;
  }
}

/** Draws a picture on a canvas to be read, its longest side at most so many pixels. */
export function draw(canvas, picture, width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(picture, 0, 0, canvas.width, canvas.height);
}
