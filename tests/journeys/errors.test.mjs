// What goes wrong in a citizen's hands is told where it happened, in words that help, and nothing typed is ever lost.

import assert from "node:assert/strict";
import { citizen, loose } from "../citizen.mjs";
import { journey } from "../harness.mjs";
import { file, pdf, photo } from "../paper.mjs";
import { example, fill, pattern, words } from "../words.mjs";

const says = words();
const FUNERAL = "ho-tro-chi-phi-mai-tang";

/** The id of what has the focus. */
const focused = (page) => page.evaluate(() => document.activeElement?.id);

/** Presses "Continue" where something is wrong, and answers the links of the summary, which has the focus. */
async function refused(page) {
  await page.getByRole("button", { name: says.apply.continue, exact: true }).click();
  // The focus follows the drawing, so it is waited for like everything else a person sees.
  await page.locator("#problems:focus").waitFor();
  return page.locator("#problems li a");
}

/** Every link of the summary leads to a control of the place it speaks of, which says the same. */
async function everyLinkLeads(page, links) {
  for (const link of await links.all()) {
    const sentence = await link.innerText();
    await link.click();
    const id = await focused(page);
    assert.ok(id && id !== "problems", `“${sentence}” leads to a field`);
    const described = await page.evaluate(() => {
      const here = document.activeElement;
      const ids = [here, here.closest("fieldset")].map((part) => part?.getAttribute("aria-describedby") ?? "").join(" ").split(" ");
      return ids.map((id) => document.getElementById(id)?.innerText ?? "").join("\n");
    });
    assert.ok(described.includes(sentence), `the field “${id}” says “${sentence}” itself`);
  }
}

journey("continue with nothing typed", async ({ page, audit }) => {
  const person = citizen({ page, audit });
  await person.begin(FUNERAL);
  const agency = await refused(page);
  await everyLinkLeads(page, agency);
  await audit("agency refused");
  await page.getByRole("combobox").fill("xã không có thật");
  await refused(page);
  assert.equal(await page.getByRole("combobox").inputValue(), "xã không có thật", "what was typed stays");
  await person.choose(page.getByRole("combobox"), "UBND xã Hướng Lập");
  await person.press();
  await everyLinkLeads(page, await refused(page));
  await audit("case refused");
  await person.guided({ truong_hop: "tro-cap" });
  await person.onward();
  await person.onward();
  const links = await refused(page);
  assert.ok((await links.count()) > 2, "everything missing is told at once");
  assert.match(await page.locator("#problems h2").innerText(), pattern(says.errors.title));
  await audit("form refused");
  await everyLinkLeads(page, links);
});

journey("a wrong date is told, and nothing typed is cleared", async ({ page, audit }) => {
  const person = citizen({ page, audit });
  await person.begin(FUNERAL);
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await person.onward();
  await person.onward();
  const answers = example("nd20-04", "ok-gia-dinh");
  const typed = { ...answers, "nc_ngay_sinh.day": "31", "nc_ngay_sinh.month": "2", nc_so_giay_to: "12345" };
  await person.answer(typed);
  const told = await (await refused(page)).allInnerTexts();
  assert.ok(told.some((text) => pattern(says.problem.date_not_real).test(text)), told.join("\n"));
  assert.equal(await person.at("nc_ngay_sinh.day").inputValue(), "31");
  assert.equal(await person.at("nc_ho_ten").inputValue(), answers.nc_ho_ten);
  await audit("date refused");
  await person.at("nc_ngay_sinh.day").fill(answers["nc_ngay_sinh.day"]);
  await person.at("nc_ngay_sinh.month").fill(answers["nc_ngay_sinh.month"]);
  if (await person.at("nc_so_giay_to").count()) await person.at("nc_so_giay_to").fill(answers.nc_so_giay_to);
  await person.press();
});

journey("communes that come late do not take the typing away", async ({ page }) => {
  const person = citizen({ page });
  await person.begin("tham-vieng-mo-liet-si");
  await person.agency("UBND xã Cam Lộ");
  await person.guided({ la_ai: "than-nhan" });
  await person.onward();
  await person.onward();
  await person.answer(example("nd131-31", "ok-ba-nguoi"));
  await person.press();
  // A slow network: what is asked for from now on comes after it was typed.
  await page.route("**/data/**", async (route) => {
    await new Promise((done) => setTimeout(done, 2500));
    await route.continue();
  });
  await person.choose(person.at("nk_thuong_tru.province"), "Tỉnh Quảng Trị", "quang tri");
  const box = person.at("nk_thuong_tru.commune");
  await box.click();
  await page.keyboard.type("cam lo", { delay: 80 });
  await page.getByRole("option", { name: "Xã Cam Lộ" }).waitFor();
  assert.equal(await focused(page), "nk_thuong_tru.commune", "the box keeps the focus");
  assert.equal(await box.inputValue(), "cam lo", "and the letters");
  await page.getByRole("option", { name: "Xã Cam Lộ" }).click();
  await person.settled();
  await page.unroute("**/data/**");
  await page.reload();
  await person.settled();
  assert.equal(await box.inputValue(), "Xã Cam Lộ", "a code is shown by its name, also after a reload");
});

journey("a warning is shown once", async ({ page, audit }) => {
  const person = citizen({ page, audit });
  await person.begin("tham-vieng-mo-liet-si");
  await person.agency("UBND xã Cam Lộ");
  await person.guided({ la_ai: "than-nhan" });
  await person.onward();
  await person.onward();
  const warnings = [];
  await person.answer(example("nd131-31", "ok-can-xem-lai"));
  await person.press({ warnings });
  assert.equal(warnings.length, 1, "told once, then passed");
  assert.ok(warnings[0].includes(says.errors.warning_hint), "and it says how to go on");
  await audit("after the warning");
});

journey("a code with a slip is told without asking the server", async ({ page, audit, allow }) => {
  allow(/status of 404/);
  const asked = [];
  page.on("request", (request) => request.url().endsWith("/api/v1/track") && asked.push(request.postDataJSON().code));
  await page.goto("/track");
  const box = page.getByRole("textbox", { name: says.track.label });
  const problem = page.locator("#code-problem");
  const submit = async (code) => {
    await box.fill(code);
    await page.getByRole("button", { name: says.track.go, exact: true }).click();
    await problem.filter({ hasText: /./ }).waitFor();
    return problem.innerText();
  };
  assert.equal(await submit(""), says.track.empty);
  assert.equal(await submit("7K3M-0TQ9"), fill(says.track.length, { count: 8 }));
  assert.equal(await submit("7K3M-0TQ9-XW4D-*"), fill(says.track.sign, { sign: "*" }));
  assert.equal(await focused(page), "code");
  assert.equal(await box.inputValue(), "7K3M-0TQ9-XW4D-*", "what was typed stays");
  await audit("slip");
  assert.deepEqual(asked, []);
  // Of all 32 last characters one fits: only that one is worth a question, and nobody has that code.
  for (const last of "0123456789ABCDEFGHJKMNPQRSTVWXYZ") await submit(loose(`7K3M-0TQ9-XW4D-${last}`));
  assert.equal(asked.length, 1, "one request for 32 codes");
  await box.fill(asked[0]);
  await page.getByRole("button", { name: says.track.go, exact: true }).click();
  await problem.filter({ hasText: says.track.not_found }).waitFor();
  assert.equal(asked.length, 2);
  await audit("nobody has it");
});

/** A draft on its page of papers. */
async function papersPage(visit) {
  const person = citizen(visit);
  await person.begin(FUNERAL);
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await visit.page.goto(new URL(visit.page.url()).pathname.replace(/outcome$/, "papers"));
  await person.settled();
  const give = async (...files) => {
    await visit.page.locator("input[type=file]").nth(1).setInputFiles(files);
    await visit.page.getByText(says.papers.working).waitFor({ state: "detached" });
  };
  const told = async (text, label) => {
    const sentence = fill(text, { label });
    await visit.page.locator(".paper-ask .bad-text", { hasText: sentence }).waitFor();
  };
  return { person, give, told };
}

journey("files that are no papers", async (visit) => {
  const { page, audit } = visit;
  const { person, give, told } = await papersPage(visit);
  await everyPaperIsAskedFor(page);
  await audit("papers refused");
  await give(file("giay.jpg", "image/jpeg", Buffer.from("Đây chỉ là chữ, không phải ảnh.")));
  await told(says.problem.paper_kind, "giay.jpg");
  await audit("not a picture");
  await give(file("trong.pdf", "application/pdf", Buffer.alloc(0)));
  await told(says.problem.paper_empty, "trong.pdf");
  await give(file("to.pdf", "application/pdf", pdf("to", 10_500_000)));
  await told(says.problem.paper_too_large, "to.pdf");
  const sheet = await photo(page, "Giấy chứng tử");
  await give(file("hong.jpg", "image/jpeg", sheet.subarray(0, 600)));
  await told(says.problem.paper_broken, "hong.jpg");
  await give(file("apple.heic", "image/heic", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1")));
  await told(says.problem.paper_heic, "apple.heic");
  assert.equal(await page.locator(".paper-ask .paper").count(), 0, "none of them was kept");
  await give(file("mot.jpg", "image/jpeg", sheet));
  await person.usePhoto();
  await page.locator(".paper-ask .paper").waitFor();
  await give(file("hai.jpg", "image/jpeg", sheet));
  await told(says.problem.paper_twice, "hai.jpg");
  assert.equal(await page.locator(".paper-ask .paper").count(), 1);
  await audit("one kept");
  await page.getByRole("button", { name: pattern(says.papers.remove) }).first().click();
  await page.locator(".paper-ask .paper").waitFor({ state: "detached" });
  await give(file("hai.jpg", "image/jpeg", sheet));
  await person.usePhoto();
  await page.locator(".paper-ask .paper").waitFor();
});

async function everyPaperIsAskedFor(page) {
  const links = await refused(page);
  assert.equal(await links.count(), 1);
  await links.first().click();
  assert.equal(await focused(page), "papers/giay-chung-tu", "the link leads to the paper");
}

journey("the look-over says what is not done and leads there", async (visit) => {
  const { page, audit } = visit;
  const person = citizen(visit);
  await person.begin(FUNERAL);
  await person.agency("UBND xã Hướng Lập");
  await person.guided({ truong_hop: "tro-cap" });
  await page.goto(new URL(page.url()).pathname.replace(/outcome$/, "check"));
  await page.getByRole("heading", { name: says.check.unfinished }).waitFor();
  assert.equal(await page.getByRole("button", { name: says.check.send, exact: true }).count(), 0, "nothing can be sent yet");
  await audit("unfinished");
  await page.locator(".summary a").first().click();
  await page.waitForURL("**/forms/**");
});
