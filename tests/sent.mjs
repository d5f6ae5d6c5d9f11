// A dossier sent without a page, for journeys about what comes after.

import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { pdf } from "./paper.mjs";

/**
 * Sends a dossier of `dossiers.mjs` with a paper wherever one is asked for, as the account whose `cookie` is given or as nobody;
 * answers `{ code, digits }`.
 */
export async function sent(site, { procedure, agency, case: chosen, forms }, cookie = "") {
  const catalogue = await (await fetch(`${site}/api/v1/catalogue`)).json();
  const print = (all, id) => all.find((one) => one.id === id).fingerprint;
  const filled = ([form, answers]) => ({
    form,
    fingerprint: print(catalogue.forms, form),
    answers: Object.fromEntries(Object.entries(answers).filter(([, text]) => text)),
  });
  const key = randomUUID();
  const body = {
    procedure,
    fingerprint: print(catalogue.procedures, procedure),
    agency: catalogue.agencies.find((one) => one.name === agency).code,
    case: chosen,
    forms: Object.entries(forms).map(filled).reverse(),
    papers: [],
  };
  const send = async () => {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key, Cookie: cookie };
    const answer = await fetch(`${site}/api/v1/dossiers`, { method: "POST", headers, body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  };
  let [status, answer] = await send();
  if (status === 422) {
    for (const { place } of answer.problems.filter((problem) => problem.place.startsWith("paper"))) {
      const paper = place.split("/").at(-1);
      const bytes = pdf(paper);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const headers = { "Content-Type": "application/octet-stream", "Idempotency-Key": key };
      const put = await fetch(`${site}/api/v1/papers/${sha256}`, { method: "PUT", headers, body: bytes });
      assert.ok(put.ok, `${paper}: ${put.status}`);
      body.papers.push({ paper, sha256, name: "giay.pdf", kind: "application/pdf", bytes: bytes.length });
    }
    [status, answer] = await send();
  }
  assert.equal(status, 201, JSON.stringify(answer));
  return { code: answer.code, digits: forms["nguoi-nop"].dien_thoai.replace(/\D/g, "").slice(-4) };
}
