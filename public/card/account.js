// What the citizen keeps in their account (Trang cá nhân), in place of a card. It is asked for only when they press the button.

import { part } from "./parts.js";

/** How long an answer may take before a person is told to type, in milliseconds. */
const PATIENCE = 15000;

/** An officer enters somebody else's dossier in this tab: no account belongs to it. */
export const offered = () => name !== "counter";

/** What the API answers there; null when nobody is signed in. Rejects without a network. */
export async function json(path) {
  const answer = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new TypeError(`the account answered ${answer.status}`);
  return answer.json();
}

/**
 * Whose questions it can fill: first its holder's, then those of everybody for whom they file by a consent. Each has a name, and texts
 * as the rules take them, name and text in turn. Null when nobody is signed in.
 */
export async function people() {
  const [me, consents] = await Promise.all([json("/api/v1/citizens/me"), json("/api/v1/citizens/me/consents")]);
  if (!me) return null;
  const texts = Object.entries({ ...me.details, name: me.name }).filter(([, text]) => typeof text === "string");
  const held = consents?.held.filter(({ number }) => number) ?? [];
  const others = held.map(({ owner, number }) => ({ name: owner, texts: ["name", owner, "number", number] }));
  return [{ name: me.name, texts: texts.flat() }, ...others];
}

/** What stands in the panel for somebody who is not signed in: the way there leads back to this page, whose draft is kept. */
export function signIn(words) {
  // A whole address: the program takes paths for pages of its own.
  const there = new URL("/account/sign-in", location.href);
  there.searchParams.set("next", location.pathname);
  return [
    part("p", {}, words.sign_in_hint),
    part("a", { className: "button", href: there.href }, words.sign_in_go),
  ];
}
