// Identity cards of people who do not exist: the code's picture for a photo, and a film for the browser's false camera.

import { writeFileSync } from "node:fs";
import qrcode from "qrcode-generator";

qrcode.stringToBytes = (text) => [...Buffer.from(text, "utf8")];

/** The text of a card; no province has the code 000. */
export const card = ({
  number = "000162000017",
  name = "Hồ Thị Mừng",
  birth = "15031962",
  sex = "Nữ",
  home = "Thôn An Lợi, Triệu Độ, Triệu Phong, Quảng Trị",
  issued = "22042021",
} = {}) => `${number}|123456789|${name}|${birth}|${sex}|${home}|${issued}`;

/** Rows of dots, true for dark. */
function dots(text) {
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const count = code.getModuleCount();
  return Array.from({ length: count }, (_, y) => Array.from({ length: count }, (_, x) => code.isDark(y, x)));
}

/** Writes a film of a card held before the camera: 640 × 480, grey, three pictures that a browser shows again and again. */
export function film(path, text) {
  const [width, height, dot] = [640, 480, 6];
  const rows = dots(text);
  const size = rows.length * dot;
  const [left, top] = [(width - size) >> 1, (height - size) >> 1];
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)];
  for (let picture = 0; picture < 3; picture += 1) {
    // A hand is never still: each picture is a pixel further.
    const brightness = Buffer.alloc(width * height, 70);
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        const [column, row] = [Math.floor((x - left - picture) / dot), Math.floor((y - top) / dot)];
        const quiet = column >= -4 && row >= -4 && column < rows.length + 4 && row < rows.length + 4;
        if (quiet) brightness[y * width + x] = rows[row]?.[column] ? 40 : 210;
      }
    }
    parts.push(Buffer.from("FRAME\n"), brightness, Buffer.alloc((width * height) / 2, 128));
  }
  writeFileSync(path, Buffer.concat(parts));
}

/** A photo of a card's back as JPEG bytes, lying askew on a table; `text` nothing: a card without a code. */
export async function snapshot(page, text, { turn = 7, dark = 1 } = {}) {
  const base64 = await page.evaluate(
    async ([rows, turn, dark]) => {
      const canvas = new OffscreenCanvas(1600, 1200);
      const context = canvas.getContext("2d");
      context.fillStyle = "#6b5a48";
      context.fillRect(0, 0, 1600, 1200);
      context.translate(800, 600);
      context.rotate((turn * Math.PI) / 180);
      context.fillStyle = "#dfe9e4";
      context.fillRect(-600, -380, 1200, 760);
      context.fillStyle = "#333";
      context.font = "28px sans-serif";
      for (let line = 0; line < 12; line += 1) context.fillText("Đặc điểm nhân dạng ……… / Personal identification", -560, -320 + 58 * line);
      const dot = 6;
      const size = rows.length * dot;
      if (size) {
        context.fillStyle = "#fff";
        context.fillRect(120, -340, size + 48, size + 48);
      }
      context.fillStyle = "#111";
      rows.forEach((row, y) => row.forEach((on, x) => on && context.fillRect(144 + x * dot, -316 + y * dot, dot, dot)));
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = `rgb(0 0 0 / ${1 - dark})`;
      context.fillRect(0, 0, 1600, 1200);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
      let text = "";
      for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [text ? dots(text) : [], turn, dark],
  );
  return Buffer.from(base64, "base64");
}
