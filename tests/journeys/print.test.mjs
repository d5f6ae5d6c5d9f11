// The official paper of a form: filled and blank from the page where everything is looked over, and as it was sent from
// the receipt.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { citizen } from "../citizen.mjs";
import { journey } from "../harness.mjs";
import { example, words } from "../words.mjs";

const says = words();
const short = { "qd24-04": example("qd24-04", "ok-thoat-can-ngheo"), "nguoi-nop": example("nguoi-nop", "ok-tu-nop") };

for (const desk of [false, true]) {
  journey(`a form is printed filled and blank on a ${desk ? "desk" : "phone"}`, async (visit) => {
    const { page, audit } = visit;
    const person = citizen({ page });
    await person.begin("cong-nhan-ho-thoat-ngheo");
    await person.agency("UBND xã Hướng Phùng");
    await person.guided({ trong_danh_sach: "yes" });
    await person.onward();
    await person.fillAll(short);
    const take = async (name) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const filled = await take(says.print.filled);
    await page.getByText(says.print.done, { exact: true }).waitFor();
    await audit("printed");
    const blank = await take(says.print.blank);
    for (const paper of [filled, blank]) {
      assert.equal(paper.bytes.subarray(0, 5).toString(), "%PDF-");
      // No name tells which form it is: a phone is lent.
      assert.match(paper.name, /^(to-khai|mau-trong)\.pdf$/);
    }
    assert.notEqual(Buffer.compare(filled.bytes, blank.bytes), 0, "what was answered is on the one and not on the other");
    // Nobody's own details are a paper: they have no button.
    assert.equal(await page.getByRole("button", { name: says.print.filled }).count(), 1);
    visit.allow(/Failed to load resource|ERR_FAILED/);
    await page.route("**/api/v1/forms/**", (route) => route.abort());
    await page.getByRole("button", { name: says.print.blank }).click();
    await page.getByText(says.print.failed, { exact: true }).waitFor();
    await audit("not printed");
    await page.unroute("**/api/v1/forms/**");
    await person.send();
    const sent = await take(says.print.sent);
    await page.getByText(says.print.done, { exact: true }).waitFor();
    assert.equal(sent.bytes.subarray(0, 5).toString(), "%PDF-");
    await audit("printed from the receipt");
    // The day after, nobody who holds the phone reads it.
    await page.clock.setFixedTime(Date.now() + 24 * 3_600_000 + 60_000);
    await page.reload();
    await person.settled();
    assert.equal(await page.getByRole("button", { name: says.print.sent }).count(), 0);
  }, { desk, seconds: 240 });
}
