// The signed receipt: kept as a file, checked by anybody, open or closed, with and without a network.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { citizen } from "../citizen.mjs";
import { journey } from "../harness.mjs";
import { file, photo } from "../paper.mjs";
import { example, pattern, root, words } from "../words.mjs";

const says = words();
const funeral = {
  procedure: "ho-tro-chi-phi-mai-tang",
  agency: "UBND xã Hướng Lập",
  case: { truong_hop: "tro-cap" },
  forms: { "nd20-04": example("nd20-04", "ok-gia-dinh"), "nguoi-nop": example("nguoi-nop", "ok-tu-nop") },
};

/** Sends a dossier with a photographed paper; `before` is done right before it is sent. */
async function sent(visit, before = async () => {}) {
  const person = citizen(visit);
  await person.begin(funeral.procedure);
  await person.agency(funeral.agency);
  await person.guided(funeral.case);
  await person.onward();
  await person.fillAll(funeral.forms);
  await before();
  await person.send();
  return person;
}

async function saved(page, name) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name, exact: true }).click(),
  ]);
  return readFileSync(await download.path(), "utf8");
}

const asFile = (text) => ({ name: "giay.json", mimeType: "application/json", buffer: Buffer.from(text) });

journey("a receipt is kept as a file that anybody can check, also without a network", async (visit) => {
  const { page, audit, context, server } = visit;
  const person = await sent(visit);
  await page.getByText(pattern(says.receipt.signed_by)).waitFor();
  await audit("receipt signed");
  const code = (await page.locator(".code").innerText()).trim();
  const whole = await saved(page, says.receipt.save);
  const closed = await saved(page, says.receipt.save_closed);
  for (const text of [whole, closed]) {
    assert.ok(!text.includes(code) && !text.includes(code.replaceAll("-", "")), "the code is in no file");
  }
  assert.ok(whole.includes("mai táng"), "the whole one names the procedure");
  for (const word of ["mai táng", "nd20-04", "chứng tử", "khai tử"]) {
    assert.ok(!closed.toLowerCase().includes(word), `the closed one does not say “${word}”`);
  }
  // Somebody who has nothing of ours checks it too.
  const keys = await (await fetch(`${server.url}/api/v1/receipt-keys`)).json();
  const input = JSON.stringify({ proof: JSON.parse(closed), keys });
  const node = spawnSync(process.execPath, [join(root, "crates/api/tests/verify-receipt.mjs")], { input, encoding: "utf8" });
  assert.equal(node.stdout.trim(), "valid", node.stderr);

  // The one on this phone is checked at a press.
  await page.getByRole("link", { name: says.receipt.check, exact: true }).click();
  await page.waitForURL("**/receipts/*/check");
  await page.getByRole("heading", { level: 2, name: says.check_receipt.valid, exact: true }).waitFor();
  await page.goto("/check-receipt");
  await person.settled();
  await audit("check empty");
  const choose = page.getByLabel(says.check_receipt.file);
  const verdict = (name) => page.getByRole("heading", { level: 2, name, exact: true });
  await choose.setInputFiles(asFile(whole));
  await verdict(says.check_receipt.valid).waitFor();
  await page.getByText(funeral.agency).waitFor();
  await audit("check valid");
  await context.setOffline(true);
  await choose.setInputFiles(asFile(closed));
  await page.getByText(pattern(says.check_receipt.closed)).waitFor();
  await verdict(says.check_receipt.valid).waitFor();
  await audit("check closed");
  const forged = JSON.parse(whole);
  const line = forged.lines.find(({ name }) => name === "agency");
  line.value = "UBND xã Khác";
  await choose.setInputFiles(asFile(JSON.stringify(forged)));
  await verdict(says.check_receipt.changed).waitFor();
  assert.equal(await page.getByText("UBND xã Khác").count(), 0, "what was forged is not shown as if it were signed");
  await audit("check changed");
  const strange = { ...JSON.parse(whole), key: "0123456789abcdef" };
  await choose.setInputFiles(asFile(JSON.stringify(strange)));
  await verdict(says.check_receipt.unknown).waitFor();
  await choose.setInputFiles(asFile("{}"));
  await page.getByText(says.check_receipt.unreadable, { exact: true }).waitFor();
  // By hand, as from a message.
  await page.getByText(says.check_receipt.paste, { exact: true }).click();
  await page.getByLabel(says.check_receipt.text).fill(whole);
  await page.getByRole("button", { name: says.check_receipt.go, exact: true }).click();
  await verdict(says.check_receipt.valid).waitFor();
  await context.setOffline(false);
  // Offline the page asks for the keys all the same, and the browser says that it failed.
  visit.allow(/ERR_INTERNET_DISCONNECTED/);
}, { seconds: 300 });

journey("papers are compared with a receipt on the phone", async (visit) => {
  const { page, audit } = visit;
  let photographed;
  const person = await sent(visit, async () => {
    photographed = await page.evaluate(madePaper);
  });
  const proof = await saved(page, says.receipt.save);
  await page.goto("/check-receipt");
  await person.settled();
  await page.getByLabel(says.check_receipt.file).setInputFiles(asFile(proof));
  await page.getByRole("heading", { name: says.check_receipt.compare }).waitFor();
  const same = file("giong.jpg", "image/jpeg", Buffer.from(photographed, "base64"));
  const other = file("khac.jpg", "image/jpeg", await photo(page, "khác"));
  await page.getByLabel(says.check_receipt.compare_files).setInputFiles([same, other]);
  await page.getByRole("listitem").filter({ hasText: "giong.jpg" }).getByText(pattern(says.check_receipt.same)).waitFor();
  await page.getByRole("listitem").filter({ hasText: "khac.jpg" }).getByText(says.check_receipt.other, { exact: true }).waitFor();
  await audit("check compared");
}, { seconds: 300 });

/** Runs in the page: the bytes of the paper on this phone as they will be sent: the page made last, behind its photograph. */
async function madePaper() {
  const settle = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = failed;
  });
  const database = await settle(indexedDB.open("motcua"));
  const kept = await settle(database.transaction("papers").objectStore("papers").getAll());
  const blob = kept.filter((one) => one instanceof Blob).at(-1);
  database.close();
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let start = 0; start < bytes.length; start += 32768) text += String.fromCharCode(...bytes.subarray(start, start + 32768));
  return btoa(text);
}
