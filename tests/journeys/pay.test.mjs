// The fee of a dossier, paid by bank transfer: shown behind the digits, with the picture, the account and the purpose to copy.
// What the providers say and how it is credited is tested against a gateway: crates/api/tests/api/payments.rs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { words } from "../words.mjs";

const says = words();
serveWith({ env: { MOTCUA_VIETQR: "970436:1234567890:KHO BAC THU" } });

const permit = dossiers["a permit to build a house"];
const digits = permit.forms["nguoi-nop"].dien_thoai.replace(/\D/g, "").slice(-4);
let code = "";

journey("a dossier with a fee is sent", async (visit) => {
  const sender = citizen(visit);
  await sender.begin(permit.procedure);
  await sender.agency(permit.agency);
  await sender.guided(permit.case);
  await sender.onward();
  await sender.fillAll(permit.forms);
  code = await sender.send();
}, { seconds: 200 });

journey("the fee is paid by transfer, and nothing is said to be paid before the bank has said so", async (visit) => {
  const { page, audit } = visit;
  await page.goto(`/track#${code}`);
  await page.getByRole("heading", { name: says.pay.title }).waitFor();
  assert.equal(await page.getByText("75.000").count(), 0, "the code alone shows no amount");
  await audit("fee unpaid");
  await page.getByLabel(says.digits.label).fill(digits);
  await page.getByRole("button", { name: says.pay.open, exact: true }).click();
  await page.getByText("75.000 đồng").first().waitFor();
  await audit("ways to pay");
  await page.getByRole("button", { name: says.pay.by_vietqr, exact: true }).click();
  await page.getByRole("img", { name: says.pay.qr }).waitFor();
  await page.getByText("1234567890").waitFor();
  await page.getByText(/^MC[0-9A-Z]{20}/).waitFor();
  await audit("transfer");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: says.pay.keep_qr }).click()]);
  assert.match(readFileSync(await download.path(), "utf8"), /^<svg /);
  // Looked at again: it waits for the bank, and pays nothing by itself.
  await page.goto("/");
  await page.goto(`/track#${code}`);
  await page.getByRole("heading", { name: says.pay.title }).waitFor();
  await page.getByLabel(says.digits.label).fill(digits);
  await page.getByRole("button", { name: says.pay.open, exact: true }).click();
  await page.getByText(says.pay.transfer_waits).waitFor();
  await audit("transfer waits");
}, { seconds: 120 });
