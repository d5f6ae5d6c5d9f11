// The fee of a dossier, paid by bank transfer, VNPay and MoMo: shown behind the digits, paid at the gateway's own page, and what
// is true told when the payer comes back. Every fault of a provider is tried in crates/api/tests/api/payments.rs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { begin, pay } from "../gateway.mjs";
import { journey, pause, serveWith } from "../harness.mjs";
import { sent } from "../sent.mjs";
import { words } from "../words.mjs";

const says = words();
serveWith({ paying: true });

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

/** The dossier whose payer never came back and whose call got lost, from the first journey below on. */
let lost;

/** Opens the fee of a dossier by its code and digits. */
async function open(page, { code, digits }, title = says.pay.title, go = says.pay.open) {
  await page.goto("/");
  await page.goto(`/track#${code}`);
  await page.getByRole("heading", { name: title }).waitFor();
  await page.getByLabel(says.digits.label).fill(digits);
  await page.getByRole("button", { name: go, exact: true }).click();
}

/** From the fee to the provider's own page. */
async function leave(page, provider, server) {
  await page.getByRole("button", { name: says.pay[`by_${provider}`], exact: true }).click();
  await page.getByRole("link", { name: says.pay[`go_${provider}`], exact: true }).click();
  await page.waitForURL(`${server.gateway.url}/**`);
  await page.getByText("75.000 đồng").waitFor();
}

const paid = (page) => page.getByText(says.pay.received, { exact: true });

for (const provider of ["vnpay", "momo"]) {
  journey(`a fee is paid by ${provider}, and the payer comes back to what is true`, async (visit) => {
    const { page, audit, server } = visit;
    if (!lost) {
      lost = await sent(server.url, permit);
      await server.gateway.fault("no-call");
      await pay(await begin(server.url, lost, "vnpay"));
      await server.gateway.fault("none");
    }
    const mine = await sent(server.url, permit);
    await open(page, mine);
    await leave(page, provider, server);
    await visit.shot("at the provider");
    // The call comes twice; it is one payment.
    await server.gateway.fault("double");
    await page.getByRole("button", { name: "Thanh toán" }).click();
    await page.waitForURL(`${server.url}/track**`);
    await paid(page).waitFor();
    await server.gateway.fault("none");
    assert.equal(await page.getByText("75.000 đồng").count(), 1);
    await audit("paid");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: says.pay.take_receipt }).click()]);
    assert.equal(download.suggestedFilename(), "bien-lai.pdf");
    assert.match(readFileSync(await download.path(), "latin1"), /^%PDF-/);
    await page.getByText(says.reply.taken).waitFor();
    // Whoever has the code alone sees that it was paid, and no amount.
    await page.goto("/");
    await page.goto(`/track#${mine.code}`);
    await page.getByText(says.track.was_fee_paid).first().waitFor();
    await page.getByRole("heading", { name: says.pay.title_paid }).waitFor();
    assert.equal(await page.getByText("75.000").count(), 0, "no amount without the digits");
    await audit("paid, by the code alone");
  }, { seconds: 120 });
}

journey("who cancels is told that nothing came, and pays another way", async (visit) => {
  const { page, audit, server } = visit;
  await open(page, await sent(server.url, permit));
  await leave(page, "vnpay", server);
  await page.getByRole("button", { name: "Hủy" }).click();
  await page.waitForURL(`${server.url}/track**`);
  await page.getByText(says.pay.not_received).waitFor();
  assert.equal(await paid(page).count(), 0);
  await audit("cancelled");
  await leave(page, "momo", server);
  await page.getByRole("button", { name: "Thanh toán" }).click();
  await page.waitForURL(`${server.url}/track**`);
  await paid(page).waitFor();
}, { seconds: 120 });

journey("while the bank is silent nobody is told to have paid or not, and nobody is asked to pay twice", async (visit) => {
  const { page, audit, server } = visit;
  await open(page, await sent(server.url, permit));
  await leave(page, "momo", server);
  await server.gateway.fault("silent");
  await page.getByRole("button", { name: "Thanh toán" }).click();
  await page.waitForURL(`${server.url}/track**`);
  await page.getByText(says.pay.checking).waitFor();
  assert.equal(await page.getByRole("button", { name: says.pay.by_vnpay }).count(), 0, "no way to pay is offered");
  await audit("silent");
  await server.gateway.fault("none");
  // Sooner than this a bank is not asked again for the same order.
  await pause(3_200);
  await page.getByRole("button", { name: says.pay.ask_again, exact: true }).click();
  await paid(page).waitFor();
}, { seconds: 120 });

journey("what was paid twice is told to go back", async (visit) => {
  const { page, audit, server } = visit;
  const mine = await sent(server.url, permit);
  const orders = [await begin(server.url, mine, "vnpay"), await begin(server.url, mine, "momo")];
  for (const order of orders) await pay(order);
  await open(page, mine, says.pay.title_paid, says.reply.open);
  await paid(page).waitFor();
  await page.getByText(/Cơ quan hoàn lại cho bạn 75\.000 đồng trong 5 ngày làm việc/).waitFor();
  await audit("paid twice");
}, { seconds: 120 });

journey("a payment whose call got lost is found without its payer", async (visit) => {
  const { page, server } = visit;
  // The server asks three minutes after the order was made; looking at the timeline asks nobody.
  const until = Date.now() + 225_000;
  const isPaid = async () => {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${server.url}/api/v1/track`, { method: "POST", headers, body: JSON.stringify({ code: lost.code }) });
    return (await answer.json()).fee === "paid";
  };
  while (!(await isPaid())) {
    assert.ok(Date.now() < until, "the call that got lost was not made up for");
    await pause(3_000);
  }
  await page.goto(`/track#${lost.code}`);
  await page.getByRole("heading", { name: says.pay.title_paid }).waitFor();
}, { seconds: 260 });
