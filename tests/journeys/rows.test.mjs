// Rows of a group: one is added without touching the others, one is taken away from between, and a letter stays in its row.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { journey } from "../harness.mjs";

const VISIT = { procedure: "tham-vieng-mo-liet-si", agency: "UBND xã Cam Lộ", answers: { la_ai: "than-nhan" } };

journey("people who come along are added and taken away", async (visit) => {
  const { page } = visit;
  const person = citizen(visit);
  await person.begin(VISIT.procedure);
  await person.agency(VISIT.agency);
  await person.guided(VISIT.answers);
  await person.onward();
  await person.onward();
  await page.goto(page.url().replace(/\/forms\/.*$/, "/forms/nd131-31/nguoi-di-cung"));
  await person.settled();
  await page.locator("[name='co_nguoi_di'][value='yes']").check();
  const add = page.getByRole("button", { name: "Thêm một người đi cùng" });
  const row = (number) => page.getByRole("region", { name: `Người đi cùng thứ ${number}` });
  const name = (number) => row(number).getByRole("textbox", { name: "Họ và tên" });

  await add.click();
  await name(1).fill("Hồ Văn Thử");
  const drawn = await name(1).elementHandle();
  await add.click();
  await page.waitForFunction(() => document.activeElement?.id === "nguoi_di.1.ho_ten");
  assert.ok(await drawn.evaluate((input) => input.isConnected), "the first row stays as it is");
  assert.equal(await add.isDisabled(), true, "there are as many as may be");
  await name(2).fill("Hồ Thị Mẫu");
  await person.look("drafts/rows");

  await row(1).getByRole("button", { name: "Bỏ Người đi cùng thứ 1" }).click();
  await row(2).waitFor({ state: "detached" });
  assert.equal(await name(1).inputValue(), "Hồ Thị Mẫu");
  assert.equal(await add.isDisabled(), false);

  await add.click();
  assert.equal(await name(2).inputValue(), "");
  assert.equal(await name(1).inputValue(), "Hồ Thị Mẫu");
  await name(2).fill("Hồ Văn Không");
  await person.settled();
  await page.reload();
  assert.equal(await name(1).inputValue(), "Hồ Thị Mẫu");
  assert.equal(await name(2).inputValue(), "Hồ Văn Không");
  await row(2).getByRole("button", { name: "Bỏ Người đi cùng thứ 2" }).click();
  await row(1).getByRole("button", { name: "Bỏ Người đi cùng thứ 1" }).click();
  await page.getByText("Chưa có ai.", { exact: false }).first().waitFor();
  assert.equal(await page.getByRole("region", { name: /^Người đi cùng thứ/ }).count(), 0);
});
