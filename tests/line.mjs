// A line between a client and the server that can be slow, be cut at a given byte, and tells what went over it.

import { createServer, request } from "node:http";

/**
 * Opens a line to `target`, e.g. "http://127.0.0.1:8080"; answers
 * `{ url, sent, requests, cutAfter, cut, mend, slow, close }`.
 * `sent(match)` counts the bytes of request bodies whose "METHOD path" fits; `requests(match)` are those requests, with
 * the bytes that passed, those that were announced (`whole`) and the status that was answered, 0 when none was.
 */
export async function openLine(target) {
  const requests = [];
  const sockets = new Set();
  let up = true;
  let left = Infinity;
  let speed = Infinity;
  let told = () => {};

  const cut = () => {
    up = false;
    left = Infinity;
    for (const socket of sockets) socket.destroy();
    told();
  };

  const server = createServer((incoming, outgoing) => {
    const whole = Number(incoming.headers["content-length"] ?? 0);
    const record = { what: `${incoming.method} ${incoming.url}`, bytes: 0, whole, status: 0 };
    requests.push(record);
    const onward = request(`${target}${incoming.url}`, { method: incoming.method, headers: incoming.headers, agent: false });
    onward.on("response", (answer) => {
      record.status = answer.statusCode;
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("socket", (socket) => remember(socket));
    onward.on("error", () => incoming.socket.destroy());
    incoming.on("data", (bytes) => {
      const passes = bytes.subarray(0, Math.min(bytes.length, left));
      record.bytes += passes.length;
      left -= passes.length;
      // What has passed reaches the server before the line is cut.
      onward.write(passes, () => left <= 0 && setTimeout(cut, 50));
      if (speed === Infinity && left > 0) return;
      incoming.pause();
      if (left > 0) setTimeout(() => incoming.resume(), (passes.length / speed) * 1000);
    });
    incoming.on("end", () => onward.end());
    incoming.on("error", () => onward.destroy());
  });
  const remember = (socket) => {
    if (!up) return socket.destroy();
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  };
  server.on("connection", remember);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    sent: (match = /./) => requests.filter(({ what }) => match.test(what)).reduce((sum, { bytes }) => sum + bytes, 0),
    requests: (match = /./) => requests.filter(({ what }) => match.test(what)),
    /** Cuts the line once so many more bytes of bodies have passed; answers when that has happened. */
    cutAfter: (bytes) => {
      left = bytes;
      return new Promise((happened) => {
        told = happened;
      });
    },
    cut,
    mend: () => {
      up = true;
    },
    /** From now on so many bytes of bodies a second. */
    slow: (bytes) => {
      speed = bytes;
    },
    close: () => {
      cut();
      return new Promise((closed) => server.close(closed));
    },
  };
}
