// Hands in simple mode: one question is on the screen, and the way to another one is its two buttons, pressed by other hands.

import assert from "node:assert/strict";

/** What `citizen` needs of hands, over `hands` of a thumb or a keyboard. */
export function oneByOne(page, hands, says) {
  const button = (name) => page.locator(".easier-bar.moves").getByRole("button", { name, exact: true });

  /** Goes from question to question until the control can be seen; never more than one question is seen on the way. */
  const find = async (control) => {
    const moves = page.locator(".easier-bar.moves").waitFor().catch(() => {});
    await Promise.race([control.waitFor({ state: "attached" }), moves]);
    for (let step = 0; step < 80; step += 1) {
      const shown = await page.locator("main [data-at=now]").count();
      assert.ok(shown <= 1, `${shown} questions are shown at once`);
      if (await control.isVisible()) return;
      // What is hidden has no role: a button that nobody finds yet stands at the end.
      const back = (await control.count()) > 0 && (await control.evaluate(isBefore));
      await hands.press(button(back ? says.simple.before : says.simple.next));
    }
    throw new Error(`no button leads to ${control}`);
  };

  const found = (act) => async (control, ...rest) => {
    await find(control);
    return act(control, ...rest);
  };
  return { ...hands, find, press: found(hands.press), write: found(hands.write), tick: found(hands.tick) };
}

/** Runs in the page: whether an element belongs to a question before the one shown. */
function isBefore(element) {
  const now = document.querySelector("main [data-at=now]");
  const question = element.closest(".field, .paper-ask");
  // The button that goes on, and the button of a group that has rows, come after all its questions.
  if (!now || !question || question.contains(now)) return false;
  return now.contains(question) || Boolean(now.compareDocumentPosition(question) & Node.DOCUMENT_POSITION_PRECEDING);
}
