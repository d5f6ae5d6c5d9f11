// Hands that never leave the keyboard: Tab, Enter, Space, arrows and letters. Playwright's own focus and clicks stay unused.

import assert from "node:assert/strict";

/** What `citizen` needs of hands, with keys alone. */
export function keyboard(page) {
  const has = (control) => control.evaluate((element) => element === document.activeElement);

  /** Tabs on until the control has the focus, and sees to it that the focus can be seen. */
  const reach = async (control, arrived = has) => {
    await control.waitFor();
    for (let step = 0; step < 150; step += 1) {
      if (await arrived(control)) return seen();
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab never reaches ${control}`);
  };

  const seen = async () => {
    const shown = await page.evaluate(() => {
      const here = document.activeElement;
      // A choice shows the focus of its small ring, a chooser of files that of its button.
      const parts = [here, here.closest("label"), here.closest(".choice")].filter(Boolean);
      return parts.some((part) => {
        const style = getComputedStyle(part);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
      });
    });
    assert.ok(shown, "the focus can be seen");
  };

  const press = async (control) => {
    await reach(control);
    await page.keyboard.press("Enter");
  };

  const write = async (field, text) => {
    await reach(field);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  };

  /** Tab comes to one radio button of a group; arrows go on from there and choose. */
  const tick = async (control) => {
    const group = (radio) => radio.evaluate((one) => one.name !== "" && one.name === document.activeElement?.name);
    const radio = (await control.getAttribute("type")) === "radio";
    await reach(control, radio ? group : has);
    for (let step = 0; radio && step < 20 && !(await has(control)); step += 1) await page.keyboard.press("ArrowDown");
    if (!(await control.isChecked())) await page.keyboard.press("Space");
    assert.ok(await control.isChecked(), "keys alone choose it");
  };

  const choose = async (box, option) => {
    await option.waitFor();
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press("ArrowDown");
      if ((await option.getAttribute("aria-selected")) === "true") break;
    }
    assert.equal(await box.getAttribute("aria-activedescendant"), await option.getAttribute("id"));
    await page.keyboard.press("Enter");
  };

  return { press, write, tick, choose, reach };
}
