// A mail server that takes every mail and shows it to the journey: real SMTP over real TCP (RFC 5321), and nothing else of it.

import { once } from "node:events";
import { createServer } from "node:net";
import { pause } from "./server.mjs";

/** Opens a mailbox; answers `{ address, next, close }`. `next(to)` waits for the next mail to somebody: its subject and its text. */
export async function mailbox() {
  const mails = [];
  const server = createServer((socket) => {
    let said = "";
    let body = null;
    let to = "";
    const answer = (line) => socket.write(`${line}\r\n`);
    answer("220 mailbox ready");
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    socket.on("data", (part) => {
      said += part;
      for (let end = said.indexOf("\r\n"); end >= 0; end = said.indexOf("\r\n")) {
        const line = said.slice(0, end);
        said = said.slice(end + 2);
        if (body !== null) {
          if (line === ".") {
            mails.push({ to, raw: body.join("\r\n") });
            body = null;
            answer("250 taken");
          } else body.push(line.replace(/^\./, ""));
          continue;
        }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === "RCPT") to = line.match(/<([^>]*)>/)?.[1] ?? "";
        if (verb === "DATA") {
          body = [];
          answer("354 go on");
        } else if (verb === "QUIT") {
          answer("221 bye");
          socket.end();
        } else answer("250 mailbox");
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const next = async (whom) => {
    for (let look = 0; look < 200; look += 1) {
      const at = mails.findIndex(({ to }) => to === whom);
      if (at >= 0) return read(mails.splice(at, 1)[0].raw);
      await pause(100);
    }
    throw new Error(`no mail came to ${whom}`);
  };
  return { address: `smtp://127.0.0.1:${server.address().port}`, next, mails, close: () => server.close() };
}

/** Subject and text of a mail, whichever of MIME's three encodings they came in (RFC 2045, RFC 2047). */
function read(raw) {
  const [head, ...rest] = raw.split("\r\n\r\n");
  const heads = head.replace(/\r\n[ \t]+/g, " ");
  const field = (name) => heads.match(new RegExp(`^${name}: (.*)$`, "im"))?.[1] ?? "";
  const utf8 = (bytes) => Buffer.from(bytes, "latin1").toString("utf8");
  const quoted = (text) => text.replace(/=([0-9A-F]{2})/g, (_, byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  const word = (_, kind, text) =>
    kind.toLowerCase() === "b" ? Buffer.from(text, "base64").toString("utf8") : utf8(quoted(text.replace(/_/g, " ")));
  const subject = field("Subject").replace(/\?= =\?/g, "?==?").replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, word);
  const body = rest.join("\r\n\r\n");
  const how = field("Content-Transfer-Encoding").toLowerCase();
  if (how === "base64") return { subject, text: Buffer.from(body, "base64").toString("utf8") };
  return { subject, text: utf8(how === "quoted-printable" ? quoted(body.replace(/=\r\n/g, "")) : body) };
}

/** A port of this machine that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
