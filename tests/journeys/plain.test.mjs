// The plain form with JavaScript off: a whole dossier from the list to the receipt, one mistake on the way.

import assert from "node:assert/strict";
import { dossiers } from "../dossiers.mjs";
import { journey } from "../harness.mjs";
import { file, pdf } from "../paper.mjs";
import { example, fill, pattern, procedureName, unit, words } from "../words.mjs";

const says = words();
const FUNERAL = "ho-tro-chi-phi-mai-tang";

/** The controls of a place: one, or a box for each part. */
const control = (page, place) => page.locator(`[id="${place}"]`);

/** Answers one place as a person without scripts can: only if the page asks it. */
async function answer(page, place, text) {
  const named = page.locator(`[name="${place}"]:not([type=hidden])`);
  if ((await named.count()) === 0) return false;
  const kind = await named.first().evaluate((part) => part.type);
  if (kind === "radio") await page.locator(`[name="${place}"][value="${text}"]`).check();
  else if (kind === "checkbox") await named.check();
  else if (kind === "select-one") await named.selectOption(text);
  else await named.fill(place.endsWith(".commune") ? unit(text).name : text);
  return true;
}

async function everything(page, form, answers) {
  const asked = [];
  for (const [place, text] of Object.entries(answers)) {
    // What an example takes away from the one it is built on is not answered.
    if (text && (await answer(page, `${form}/${place}`, text))) asked.push(place);
  }
  return asked;
}

/** Where browsers cannot run scripts axe cannot either: the same page is looked at in a browser that can. */
async function looked(visit, label) {
  const { page, context, audit } = visit;
  const copy = await context.browser().newContext({ viewport: page.viewportSize(), baseURL: visit.server.url, locale: "vi-VN" });
  const other = await copy.newPage();
  const html = await page.content();
  await other.route("**/plain/looked", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", body: html }),
  );
  await other.goto("/plain/looked");
  await audit(label, other);
  await copy.close();
}

const visitors = [
  ["on a phone", {}],
  ["on a desk", { desk: true }],
];
for (const [where, device] of visitors) {
  journey(
    `a plain dossier ${where}`,
    async (visit) => {
      const { page, allow } = visit;
      // A page with mistakes is answered with 422, which the browser prints as an error.
      allow(/status of 422/);
      await page.goto("/plain");
      assert.equal(await page.evaluate(() => document.scripts.length), 0, "no script is there to be off");
      await looked(visit, "list");
      await page.getByRole("link", { name: procedureName(FUNERAL) }).click();
      await page.getByRole("button", { name: says.apply.continue, exact: true }).click();
      await page.locator("#problems").waitFor();
      await looked(visit, "case refused");
      await page.locator("#agency").selectOption({ label: "UBND xã Hướng Lập" });
      await answer(page, "case/truong_hop", "tro-cap");
      await page.getByRole("button", { name: says.apply.continue, exact: true }).click();
      await page.locator("#send").waitFor();
      await looked(visit, "forms");

      const form = (await page.locator('input[name^="version/"]').first().getAttribute("name")).split("/")[1];
      const answers = example(form, "ok-gia-dinh");
      await everything(page, form, answers);
      await page.locator("#send").scrollIntoViewIfNeeded();
      await page.getByRole("button", { name: says.plain.look, exact: true }).last().click();
      await page.waitForLoadState();
      const asked = await everything(page, form, answers);
      await everything(page, "nguoi-nop", example("nguoi-nop", "ok-tu-nop"));
      assert.ok(asked.length > 5, "the example's questions are asked");
      const paper = page.locator('input[type="file"]').first();
      const id = await paper.getAttribute("id");
      await paper.setInputFiles(file("giấy chứng tử.pdf", "application/pdf", pdf("giấy chứng tử")));

      // One mistake: the page says so beside the field and in its list, and keeps the paper and everything typed.
      await answer(page, "nguoi-nop/dien_thoai", "12");
      await page.locator("#send").click();
      await page.locator("#problems").waitFor();
      await looked(visit, "refused");
      const links = page.locator("#problems li a");
      for (const link of await links.all()) {
        const goal = control(page, decodeURIComponent((await link.getAttribute("href")).slice(1)));
        assert.equal(await goal.count(), 1, `“${await link.innerText()}” leads to a field`);
      }
      assert.ok(await page.locator('[id="nguoi-nop/dien_thoai-problem"]').isVisible());
      assert.equal(await control(page, "nguoi-nop/dien_thoai").inputValue(), "12");
      assert.ok(await page.locator(`input[type="checkbox"][name="${id}"]`).isChecked(), "the paper has arrived");
      const left = await links.allInnerTexts();
      assert.equal(left.length, 1, `only the telephone is wrong: ${left}`);
      await answer(page, "nguoi-nop/dien_thoai", "0900000123");
      await page.locator("#send").click();
      if (await page.locator("#problems.mild").count()) await page.locator("#send").click();
      const code = await page.locator(".code").innerText();
      assert.match(code, /^[0-9A-Z-]{16}$/);
      await looked(visit, "receipt");

      // The dossier is there for whoever has the code, on any other phone.
      const told = await page.request.post("/api/v1/track", { data: { code } });
      assert.equal(told.status(), 200);
      const again = await page.reload();
      assert.ok([200, 201].includes(again.status()));
      assert.equal(await page.locator(".code").innerText(), code, "sent twice, received once");
      assert.match(await page.locator("main").innerText(), pattern(fill(says.receipt.reception, { agency: "UBND xã Hướng Lập" })));
    },
    { ...device, context: { javaScriptEnabled: false } },
  );
}

/** Answers all that is asked of a form, rows and what appears because of an answer among it. */
async function filled(page, form, answers) {
  for (let round = 0; round < 12; round += 1) {
    const before = (await everything(page, form, answers)).length;
    const place = Object.keys(answers).find((place) => Object.keys(answers).some((other) => other.startsWith(`${place}.0.`)));
    const group = place && (await rowsOf(page, form, place));
    const wanting = group && group.rows < Number(answers[place]);
    await (wanting ? group.add : page.getByRole("button", { name: says.plain.look, exact: true }).last()).click();
    await page.waitForLoadState();
    if ((await everything(page, form, answers)).length === before && !wanting) return;
  }
  throw new Error(`${form} never stops asking`);
}

/** The button that adds a row to a group, and how many there are. */
async function rowsOf(page, form, group) {
  const add = page.locator(`button[value="add ${form}/${group}"]`);
  if (!(await add.count())) return null;
  const places = await page.locator(`[name^="${form}/${group}."]`).evaluateAll((fields) => fields.map(({ name }) => name));
  const rows = new Set(places.map((name) => name.slice(`${form}/${group}.`.length).split(".")[0])).size;
  return { add, rows };
}

for (const [name, dossier] of Object.entries(dossiers)) {
  journey(
    `plain: ${name}`,
    async ({ page, allow }) => {
      allow(/status of 422/);
      await page.goto(`/plain/${dossier.procedure}`);
      await page.locator("#agency").selectOption({ label: dossier.agency });
      for (let round = 0; round < 6 && !(await page.locator("#send").count()); round += 1) {
        await everything(page, "case", dossier.case);
        await page.getByRole("button", { name: says.apply.continue, exact: true }).click();
        await page.waitForLoadState();
      }
      for (const [form, answers] of Object.entries(dossier.forms)) await filled(page, form, answers);
      for (const [number, paper] of (await page.locator('input[type="file"]').all()).entries()) {
        await paper.setInputFiles(file(`giấy ${number}.pdf`, "application/pdf", pdf(`giấy ${number}`)));
      }
      await page.locator("#send").click();
      await page.waitForLoadState();
      if (await page.locator("#problems.mild").count()) await page.locator("#send").click();
      const code = page.locator(".code");
      if (!(await code.count())) throw new Error(await page.locator("#problems").innerText());
      const told = await page.request.post("/api/v1/track", { data: { code: await code.innerText() } });
      assert.equal(told.status(), 200);
    },
    { context: { javaScriptEnabled: false } },
  );
}
