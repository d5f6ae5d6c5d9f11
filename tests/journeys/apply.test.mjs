// Each procedure from home to receipt to timeline, with every template they need, as citizens do it.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey } from "../harness.mjs";

/** One dossier, from home to timeline. */
const way = (name, dossier, options) =>
  journey(name, async (visit) => {
    const { language } = options ?? {};
    if (language) await visit.context.addInitScript((code) => localStorage.setItem("language", code), language);
    const person = citizen(visit, { language });
    await person.wholeWay(dossier);
    await visit.page.goto("/");
    await person.settled();
    // What this phone keeps is read from its database after the page is drawn.
    await visit.page.getByRole("heading", { name: person.says.home.sent }).waitFor();
    assert.equal(await visit.page.getByText(person.says.home.go_on).count(), 0, "the draft has become the receipt");
  }, { seconds: 300, ...options });

/** A screen of a desk for one of them, English for another: each way is gone on a phone in Vietnamese by the others. */
const special = { "help with a funeral": { desk: true }, "leaving poverty, in English": { language: "en" } };
for (const [name, dossier] of Object.entries(dossiers)) way(name, dossier, special[name]);
