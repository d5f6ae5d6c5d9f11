// After the result: somebody says how satisfied they were, by code and digits, and changes it; the office sees nothing of one
// rating; everybody sees the figures. What is told once there are enough is tested where the clock can be moved:
// crates/api/tests/api/ratings.rs.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { words } from "../words.mjs";

const { rating: says, digits, track, public_figures: figures } = words();
const COMMUNE = "UBND xã Hướng Phùng";
const HEAD = "0900000701";
const SUPERVISOR = "0900000702";
const poor = dossiers["becoming a poor household"];

const made = officers([
  ["Phan Văn Trưởng", HEAD, COMMUNE, "one-stop,desk-head"],
  ["Cao Thị Giám", SUPERVISOR, COMMUNE, "supervisor"],
]);
serveWith({ data: made.data });

let code;
const phone = poor.forms["nguoi-nop"].dien_thoai.replaceAll(/\D/g, "");

/** Sends a request as the site does; gives its code. */
async function send(request) {
  const catalogue = await (await request.get("/api/v1/catalogue")).json();
  const print = (all, id) => all.find((one) => one.id === id).fingerprint;
  const forms = Object.entries(poor.forms).map(([form, answers]) => ({
    form,
    fingerprint: print(catalogue.forms, form),
    answers: Object.fromEntries(Object.entries(answers).filter(([, text]) => text)),
  }));
  forms.reverse();
  const data = {
    procedure: poor.procedure,
    fingerprint: print(catalogue.procedures, poor.procedure),
    agency: catalogue.agencies.find((one) => one.name === COMMUNE).code,
    case: poor.case,
    forms,
    papers: [],
  };
  const answer = await request.post("/api/v1/dossiers", { data, headers: { "Idempotency-Key": randomUUID() } });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).code;
}

journey("the office refuses a dossier", async (visit) => {
  const { page } = visit;
  visit.allow(/401/);
  code = await send(page.request);
  const desk = officer(visit, { phone: HEAD, link: made.links[HEAD] });
  await desk.firstSignIn();
  const { rows } = await (await page.request.get("/api/v1/desk/dossiers")).json();
  for (const [version, name] of ["propose-refusal", "refuse"].entries()) {
    const headers = { "X-Req": "1", "Idempotency-Key": randomUUID() };
    const data = { version: version + 1, act: { name, reason: "Không thuộc đối tượng" } };
    const answer = await page.request.post(`/api/v1/desk/dossiers/${rows[0].id}/acts`, { data, headers });
    assert.equal(answer.status(), 200, await answer.text());
  }
});

for (const [where, device, level] of [["a phone", {}, "satisfied"], ["a desk", { desk: true }, "very_satisfied"]]) {
  journey(`somebody says on ${where} how satisfied they were`, async (visit) => {
    const { page, audit } = visit;
    visit.allow(/404/);
    await page.goto("/track");
    await page.getByLabel(track.label).fill(code);
    await page.getByRole("button", { name: track.go, exact: true }).click();
    const box = page.locator("form.panel", { has: page.getByRole("heading", { name: says.title }) });
    await box.waitFor();
    await audit("after the result");
    await box.getByLabel(digits.label).fill("9999");
    await box.getByRole("button", { name: says.open, exact: true }).click();
    await box.getByText(/Không mở được hồ sơ này/).waitFor();
    await box.getByLabel(digits.label).fill(phone.slice(-4));
    await box.getByRole("button", { name: says.open, exact: true }).click();
    const form = page.locator("#rating");
    if (where === "a phone") {
      await form.getByRole("button", { name: says.give, exact: true }).click();
      await form.getByText(says.missing).waitFor();
      await audit("nothing chosen");
    } else {
      assert.ok(await form.getByRole("radio", { name: says.satisfied, exact: true }).isChecked(), "what was given before");
      assert.equal(await form.getByLabel(says.words).inputValue(), "Chỉ dẫn rõ.");
    }
    await form.getByRole("radio", { name: says[level], exact: true }).check();
    await form.getByLabel(says.time).selectOption(says.neutral);
    await form.getByLabel(says.words).fill("Chỉ dẫn rõ.");
    await form.getByRole("button", { name: says.give, exact: true }).click();
    await form.getByText(/Cảm ơn bạn đã đánh giá/).waitFor();
    await audit("given");
  }, { ...device, seconds: 120 });

  journey(`everybody sees the figures on ${where}`, async (visit) => {
    const { page, audit } = visit;
    await page.goto("/so-lieu");
    await page.getByRole("heading", { level: 1, name: figures.title }).waitFor();
    await audit("this year");
    await page.getByLabel(figures.period).selectOption({ index: 2 });
    await page.getByRole("button", { name: "Xem", exact: true }).click();
    await page.getByRole("heading", { level: 2, name: /^Tháng / }).waitFor();
    assert.ok(!(await page.locator("main").innerText()).includes("Hài lòng"), "one rating is told nowhere");
    await audit("a month");
  }, device);
}

for (const [who, number] of [["head", HEAD], ["supervisor", SUPERVISOR]]) {
  journey(`the ${who} sees figures and nothing of one rating`, async (visit) => {
    const { page, audit } = visit;
    visit.allow(/401/);
    const desk = officer(visit, { phone: number, link: made.links[number], home: who === "head" ? undefined : "Số liệu" });
    await desk.sitDown();
    await page.goto("/officer/figures");
    await desk.heading("Mức độ hài lòng", 2).waitFor();
    await page.getByText("Chưa đủ 5 lượt đánh giá để hiện.").waitFor();
    await page.getByText("Trong kỳ này không có phản ánh nào.").waitFor();
    await audit("figures");
    assert.ok(!(await page.locator("main").innerText()).includes("Chỉ dẫn rõ"));
  }, { desk: true });
}
