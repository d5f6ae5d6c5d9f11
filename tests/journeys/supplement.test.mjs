// A supplement from both sides: the officer marks an answer and a paper, the citizen mends just those on the page that
// follows the dossier, the officer sees the new ones.

import assert from "node:assert/strict";
import { citizen } from "../citizen.mjs";
import { dossiers } from "../dossiers.mjs";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { file, photo } from "../paper.mjs";
import { pattern, words } from "../words.mjs";

const says = words();
const ONE_STOP = "0900000201";
const made = officers([["Lê Thị Hiền", ONE_STOP, "UBND xã Hướng Lập", "one-stop"]]);
serveWith({ data: made.data });

const funeral = dossiers["help with a funeral"];
const digits = funeral.forms["nguoi-nop"].dien_thoai.replace(/\D/g, "").slice(-4);
let code = "";

journey("a dossier is sent", async (visit) => {
  const sender = citizen(visit);
  await sender.begin(funeral.procedure);
  await sender.agency(funeral.agency);
  await sender.guided(funeral.case);
  await sender.onward();
  await sender.fillAll(funeral.forms);
  code = await sender.send();
}, { seconds: 200 });

journey("the officer marks an answer and a paper", async (visit) => {
  const { page } = visit;
  visit.allow(/401/);
  const desk = officer(visit, { phone: ONE_STOP, link: made.links[ONE_STOP] });
  await desk.sitDown();
  await page.locator(".queue a").first().click();
  await desk.settled();
  await page.locator(".answers-side").getByRole("button", { name: /^Cần sửa: Họ và tên/ }).first().click();
  await page.locator(".answers-side .mark input").fill("Ghi đúng như giấy chứng tử");
  await page.locator(".papers-side").getByRole("button", { name: /^Cần sửa: / }).first().click();
  await page.locator(".papers-side .mark input").fill("Chụp lại, chữ bị mờ");
  await desk.button("Xem và gửi").click();
  await desk.confirm("Yêu cầu bổ sung");
  await page.locator("#said").getByText("Đã gửi yêu cầu bổ sung.").waitFor();
}, { desk: true, seconds: 200 });

journey("the citizen mends just those, and the clock goes on", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/404|422/);
  await page.goto(`/track#${code}`);
  await page.getByText(says.track.stands).waitFor();
  await audit("track asked");
  const open = () => page.getByRole("button", { name: says.supplement.open, exact: true }).click();
  await open();
  await page.getByText(says.digits.wrong).waitFor();
  const wrong = digits === "0000" ? "1111" : "0000";
  await page.getByLabel(says.digits.label).fill(wrong);
  await open();
  await page.getByText(/4 số cuối điện thoại chưa đúng/).waitFor();
  await audit("supplement digits wrong");
  await page.getByLabel(says.digits.label).fill(digits);
  await open();
  await page.getByText("Ghi đúng như giấy chứng tử").waitFor();
  await page.getByText("Chụp lại, chữ bị mờ").waitFor();
  await audit("supplement");

  const send = page.getByRole("button", { name: says.supplement.send, exact: true });
  await send.click();
  await page.getByText(pattern(says.supplement.missing)).first().waitFor();
  await audit("supplement paper missing");
  const input = page.locator("#supplement input[type=text]").first();
  await input.fill("");
  await page.locator("#supplement input[type=file]").setInputFiles(file("lai.jpg", "image/jpeg", await photo(page, "chứng tử")));
  await page.locator("#supplement ul.list li").waitFor();
  await send.click();
  await page.locator("#supplement .error-summary, #supplement [role=alert]").first().waitFor();
  assert.ok(await page.locator("#supplement").isVisible(), "an empty answer is not taken");
  await input.fill("Nguyễn Văn Mẫu Bổ Sung");
  await audit("supplement filled");
  await send.click();
  await page.getByText(says.track.was_supplemented).waitFor();
  assert.equal(await page.getByText(says.track.stands).count(), 0);
  await audit("track supplemented");
}, { seconds: 200 });

journey("the officer sees the new ones", async (visit) => {
  const { page } = visit;
  visit.allow(/401/);
  const desk = officer(visit, { phone: ONE_STOP, link: made.links[ONE_STOP] });
  await desk.sitDown();
  await page.locator(".queue a").first().click();
  await desk.settled();
  await page.getByText("Nguyễn Văn Mẫu Bổ Sung").first().waitFor();
  await page.getByText("Người dân bổ sung, tính tiếp thời gian").waitFor();
  assert.equal(await page.locator(".acts").getByRole("button", { name: "Tiếp nhận hồ sơ", exact: true }).count(), 1);
}, { desk: true, seconds: 200 });
