// Reads codes in pictures beside the page, so that the page stays alive: RGBA pixels come in, a text or null goes out.

let reader;

onmessage = async ({ data: { id, width, pixels, only, program } }) => {
  try {
    // The first message says where the reader is.
    reader ??= start(program);
    const { read_code } = await reader;
    const colours = new Uint8ClampedArray(pixels);
    const grey = new Uint8Array(colours.length / 4);
    for (let at = 0; at < grey.length; at += 1) {
      // Brightness as the eye sees it (ITU-R BT.601), in whole numbers.
      grey[at] = (77 * colours[4 * at] + 150 * colours[4 * at + 1] + 29 * colours[4 * at + 2]) >> 8;
    }
    postMessage({ id, text: read_code(width, grey, only) ?? null });
  } catch {
    postMessage({ id, failed: true });
  }
};

async function start({ js, wasm }) {
  const glue = await import(js);
  await glue.default({ module_or_path: wasm });
  return glue;
}
