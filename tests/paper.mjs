// Papers as people have them: photographs a browser makes on the spot, a PDF, and files that are not what they seem.

/** A photograph of a sheet with this title, as JPEG bytes; `noise` makes it as heavy as a camera's. */
export async function photo(page, title, { width = 1200, height = 1600, noise = false } = {}) {
  const base64 = await page.evaluate(
    async ([title, width, height, noise]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      context.fillStyle = "#e9e2d3";
      context.fillRect(0, 0, width, height);
      if (noise) {
        const grain = context.getImageData(0, 0, width, height);
        // A cheap generator of its own, so that the same picture comes every time.
        let seed = 1;
        for (let place = 0; place < grain.data.length; place += 4) {
          seed = (seed * 16807) % 2147483647;
          for (let part = 0; part < 3; part += 1) grain.data[place + part] += (seed % 25) - 12;
        }
        context.putImageData(grain, 0, 0);
      }
      context.fillStyle = "#222";
      context.font = `bold ${width / 22}px sans-serif`;
      context.fillText(title, width / 12, height / 8, (width * 10) / 12);
      context.font = `${width / 40}px sans-serif`;
      for (let line = 0; line < 24; line += 1) {
        context.fillText("Họ và tên ………………… Ngày sinh ………………… Nơi cư trú …………………", width / 12, height / 5 + (line * height) / 35);
      }
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.93 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (let start = 0; start < bytes.length; start += 32768) {
        text += String.fromCharCode(...bytes.subarray(start, start + 32768));
      }
      return btoa(text);
    },
    [title, width, height, noise],
  );
  return Buffer.from(base64, "base64");
}

/**
 * A photograph of 12 megapixels of a sheet that lies on a table, a little askew; `blur` in pixels, `light` as a share.
 * It comes with where its corners are, as shares of width and height.
 */
export async function onTable(page, title, { width = 3000, height = 4000, angle = 5, blur = 0, light = 1 } = {}) {
  const { base64, corners } = await page.evaluate(
    async ([title, width, height, angle, blur, light]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      context.filter = `blur(${Math.max(blur, 0.6)}px)`;
      context.fillStyle = "#7a5a3c";
      context.fillRect(0, 0, width, height);
      const tall = Math.max(width, height) * 0.8;
      const wide = tall / Math.SQRT2;
      context.translate(width / 2, height / 2);
      context.rotate((angle * Math.PI) / 180);
      const { a, b, c, d, e, f } = context.getTransform();
      const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([u, v]) => {
        const [x, y] = [(u * wide) / 2, (v * tall) / 2];
        return [(a * x + c * y + e) / width, (b * x + d * y + f) / height];
      });
      context.fillStyle = "#e6e0d2";
      context.fillRect(-wide / 2, -tall / 2, wide, tall);
      context.fillStyle = "#26262c";
      context.font = `bold ${tall / 30}px sans-serif`;
      context.fillText(title, -wide / 2.4, -tall / 2.5, wide * 0.8);
      context.font = `${tall / 75}px sans-serif`;
      for (let line = 0; line < 36; line += 1) {
        context.fillText("Họ và tên: Nguyễn Văn Thử. Ngày sinh: 15/3/1941. Nơi cư trú: xã Hướng Lập, tỉnh Quảng Trị", -wide / 2.4, -tall / 2.9 + (line * tall) / 46, wide * 0.83);
      }
      const pixels = context.getImageData(0, 0, width, height);
      // Grain, as heavy as a cheap camera's; a generator of its own, so that the same picture comes every time.
      let seed = 1 + title.length;
      const grain = new Int8Array(65536).map(() => (((seed = (seed * 16807) % 2147483647) % 25) - 12));
      for (let place = 0; place < pixels.data.length; place += 4) {
        const speck = grain[(place * 31 + (place >> 12)) & 65535];
        for (let part = 0; part < 3; part += 1) pixels.data[place + part] = pixels.data[place + part] * light + speck;
      }
      context.putImageData(pixels, 0, 0);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.94 });
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (let start = 0; start < bytes.length; start += 32768) text += String.fromCharCode(...bytes.subarray(start, start + 32768));
      return { base64: btoa(text), corners };
    },
    [title, width, height, angle, blur, light],
  );
  return { jpeg: Buffer.from(base64, "base64"), corners };
}

/** The same photograph as a phone held upright writes it: lying on its side, with an EXIF mark that says so. */
export function turned(jpeg) {
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), Buffer.from(tiff)]);
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** A PDF of one empty page, blown up with a comment to `bytes` bytes. */
export function pdf(title, bytes = 0) {
  const body = [
    "%PDF-1.4",
    `%${title}`,
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj",
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj",
  ].join("\n");
  const padding = `\n%${"x".repeat(Math.max(0, bytes - body.length))}\n`;
  return Buffer.from(`${body}${padding}trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n`, "utf8");
}

/** As a file for an input. */
export const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });
