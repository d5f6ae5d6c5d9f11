// Citizens' accounts for journeys that are about something else: registered by a real mail, signed in by the page's own browser.

import assert from "node:assert/strict";

export const PASSWORD = "con bò vàng qua suối";

async function post(url, body) {
  const headers = { "content-type": "application/json", "x-req": "1" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${url} answered ${answer.status} ${await answer.clone().text()}`);
}

/** Registers by mail, as the link and its button do. */
export async function registered({ mails, server }, email, name, details) {
  await post(`${server.url}/api/v1/citizens/register`, { name, email, details });
  const { text } = await mails.next(email);
  await post(`${server.url}/api/v1/citizens/confirm`, { token: text.match(/#([0-9a-f]{64})/)[1], password: PASSWORD });
}

/** The browser of this page signs in, and has the session's cookie from then on. */
export const signIn = (page, login) =>
  page.evaluate(
    async (body) => {
      const headers = { "content-type": "application/json", "x-req": "1" };
      const answer = await fetch("/api/v1/citizens/sign-in", { method: "POST", headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`signing in answered ${answer.status}`);
    },
    { login, password: PASSWORD },
  );
