// Writes FILE.br at brotli's highest quality beside every compressible file under the path given.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const compressible = /\.(html|css|js|mjs|json|svg|txt|wasm|bin|webmanifest)$/;

function compress(path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path)) compress(join(path, name));
  } else if (compressible.test(path)) {
    const bytes = readFileSync(path);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
  }
}

compress(process.argv[1]);
