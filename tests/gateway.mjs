// The gateway of the demonstration beside the server: VNPay, MoMo and a bank, with faults that can be asked for, and text messages.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const program = process.env.MOTCUA_GATEWAY ?? join(root, "target/debug/gateway");
/** Its keys, which everybody may know: `crates/gateway/src/lib.rs`. */
const SMS = { MOTCUA_SMS_KEY: "chi-de-thu-sms", MOTCUA_SMS_SECRET: "chi-de-thu-sms-mat", MOTCUA_SMS_FROM: "MOTCUA" };
const KEYS = { MOTCUA_VNPAY_SECRET: "chi-de-thu-vnpay", MOTCUA_MOMO_ACCESS: "chi-de-thu", MOTCUA_MOMO_SECRET: "chi-de-thu-momo" };

/** A port that nobody has now: the gateway has to know the server's address before there is a server. */
export const freePort = () =>
  new Promise((found, failed) => {
    const socket = createServer().once("error", failed);
    socket.listen(0, "127.0.0.1", () => {
      const { port } = socket.address();
      socket.close(() => found(port));
    });
  });

/** Starts one that calls the server at `site`; answers `{ url, args, env, sms, message, fault, transfer, statement, stop }`. */
export async function startGateway(site) {
  const child = spawn(program, ["127.0.0.1:0", site], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((found, failed) => {
    child.once("error", failed).once("exit", (code) => failed(new Error(`gateway ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const match = line.match(/listening on (\S+)/);
      if (match) found(match[1]);
    });
  });
  const post = async (path, fields) => {
    const answer = await fetch(`${url}${path}`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
    assert.ok(answer.status < 400, `${path}: ${answer.status}`);
  };
  const args = [
    "--public-address", site, "--vietqr", "970436:1234567890:KHO BAC THU",
    "--vnpay-merchant", "MOTCUA01", "--vnpay-pay", `${url}/vnpay/pay`, "--vnpay-ask", `${url}/vnpay/api`,
    "--momo-partner", "MOTCUA", "--momo-address", `${url}/momo`,
  ];
  return {
    url,
    args,
    env: KEYS,
    /** What a server is told that sends its text messages here. */
    sms: { ...SMS, MOTCUA_SMS_ADDRESS: url },
    /** The words of the newest message to a telephone once there are `count` to it. */
    message: async (phone, count = 1) => {
      for (let look = 0; look < 200; look += 1) {
        const page = await (await fetch(`${url}/sms`)).text();
        const all = [...page.matchAll(/<b>(\d+)<\/b><\/p><p>([^<]*)/g)].filter(([, to]) => to === phone);
        if (all.length >= count) return all[0][2];
        await setTimeout(100);
      }
      throw new Error(`no message came to ${phone}`);
    },
    /** What goes wrong with the next payments: `none`, `double`, `no-call`, `silent`, … */
    fault: (fault) => post("/fault", { fault }),
    /** A transfer to the office's account. */
    transfer: (amount, purpose) => post("/bank", { amount: String(amount), purpose }),
    /** The statement of that account, as CSV. */
    statement: async () => Buffer.from(await (await fetch(`${url}/bank/statement.csv`)).arrayBuffer()),
    stop: () => child.kill(),
  };
}

/** Begins to pay as the site does; answers the order. */
export async function begin(site, { code, digits }, provider) {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": randomUUID() };
  const body = JSON.stringify({ code, digits, provider });
  const answer = await fetch(`${site}/api/v1/payments`, { method: "POST", headers, body });
  const order = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(order));
  return order;
}

/** Pays an order at its page, without a browser; who has paid does not come back. */
export async function pay({ pay_url: page, order, provider }) {
  assert.equal((await fetch(page)).status, 200);
  const path = provider === "momo" ? `/momo/pay/${order}/pay` : `/vnpay/${order}/pay`;
  const answer = await fetch(new URL(path, page), { method: "POST", redirect: "manual" });
  assert.equal(answer.status, 303);
}
