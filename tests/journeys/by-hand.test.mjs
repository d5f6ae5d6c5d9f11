// A form that is already written by hand: photographed and sent in place of being filled in.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { journey } from "../harness.mjs";
import { example, words } from "../words.mjs";

const forms = { "nguoi-nop": example("nguoi-nop", "ok-tu-nop") };

for (const [language, desk] of [["vi", false], ["en", true]]) {
  const says = words(language);
  journey(`a form written by hand is photographed and sent, ${language}`, async ({ page, context, audit }) => {
    if (language === "en") await context.addInitScript(() => localStorage.setItem("language", "en"));
    const person = citizen({ page, audit }, { language });
    await person.begin("ho-tro-chi-phi-mai-tang");
    await person.agency("UBND xã Hướng Lập");
    await person.guided({ truong_hop: "tro-cap" });
    const box = page.getByRole("checkbox", { name: says.outcome.by_hand });
    // There and back: nothing is decided for good.
    await box.check();
    await box.uncheck();
    await box.check();
    await person.settled();
    await page.reload();
    await person.settled();
    assert.ok(await box.isChecked(), "it is kept");
    await audit("by hand");
    await person.onward();
    assert.equal(await page.locator("ul.tasks a[href*='/forms/nd20-04/']").count(), 0, "nothing of the form is asked");
    await audit("by hand tasks");
    await person.onward();
    assert.match(page.url(), /\/papers$/);
    await page.getByText(says.papers.missing, { exact: true }).first().click();
    const take = page.getByRole("button", { name: says.print.blank, exact: true }).click();
    const [blank] = await Promise.all([page.waitForEvent("download"), take]);
    assert.equal(blank.suggestedFilename(), "mau-trong.pdf");
    await audit("by hand blank");
    await person.fillAll(forms);
    await audit("by hand look-over");
    await person.send();
    const arrived = page.getByRole("heading", { name: says.receipt.papers }).locator("+ ul > li");
    assert.equal(await arrived.count(), 2, "the form and the paper of the case");
  }, { desk, seconds: 240 });
}
