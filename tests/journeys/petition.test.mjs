// Petitions: somebody writes without scripts, keeps a code and follows it; the office receives, answers and publishes; everybody
// reads the answer and nothing of whoever asked. Late petitions are tested where the clock can be moved: crates/api/tests/api/petitions.rs.

import assert from "node:assert/strict";
import { journey, serveWith } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { words } from "../words.mjs";

const says = words().petition;
const COMMUNE = "UBND xã Hướng Phùng";
const OTHER = "UBND xã Lao Bảo";
const HEAD = "0900000601";
const TEXT = "Sáng thứ Hai không có ai ở quầy số 2.";
const NAME = "Hồ Thị Kín";

const made = officers([["Phan Văn Trưởng", HEAD, COMMUNE, "desk-head"]]);
serveWith({ data: made.data });

const at = (visit) => officer(visit, { phone: HEAD, link: made.links[HEAD], home: "Việc của tôi" });

/** A picture of one pixel. */
const PNG = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

const codes = {};

// Where browsers cannot run scripts axe cannot either: the same pages are looked at in browsers that can.
const DEVICES = [
  ["a phone", {}],
  ["a desk", { desk: true }],
  ["a phone without scripts", { context: { javaScriptEnabled: false } }],
];
for (const [where, device] of DEVICES) {
  journey(`somebody writes on ${where}, and follows the code`, async (visit) => {
    const { page } = visit;
    const audit = device.context ? async () => {} : visit.audit;
    // A page with mistakes is answered with 422, a code that nobody has with 404: the browser prints both.
    visit.allow(/status of (422|404)/);
    await page.goto("/phan-anh");
    await page.getByRole("heading", { level: 1, name: says.title }).waitFor();
    assert.ok(await page.locator("footer").getByRole("link", { name: says.title }).isVisible());
    await audit("the beginning");
    await page.getByRole("link", { name: says.write, exact: true }).click();
    await page.getByLabel(says.says, { exact: true }).fill(TEXT);
    await page.getByLabel(says.contact).fill("nhà bên");
    await page.getByLabel(says.photos).setInputFiles([{ name: "quay.png", mimeType: "image/png", buffer: PNG }]);
    await audit("writing");
    await page.getByRole("button", { name: says.send, exact: true }).click();
    const alert = page.getByRole("alert");
    await alert.getByRole("link", { name: says.field_missing }).waitFor();
    await alert.getByRole("link", { name: says.contact_wrong }).waitFor();
    assert.equal(await page.getByLabel(says.says, { exact: true }).inputValue(), TEXT);
    assert.ok(await page.getByLabel(/quay\.png/).isChecked(), "the photograph has arrived and stays");
    await audit("what is to be mended");
    await page.getByLabel(says.field).selectOption({ index: 1 });
    await page.getByLabel(says.unit).selectOption(COMMUNE);
    await page.getByLabel(says.name, { exact: true }).fill(NAME);
    await page.getByLabel(says.contact).fill("0900 000 987");
    assert.ok(!(await page.getByLabel(says.may_publish).isChecked()), "nothing is agreed to beforehand");
    await page.getByLabel(says.may_publish).check();
    await page.getByRole("button", { name: says.send, exact: true }).click();
    await page.getByRole("heading", { name: says.taken }).waitFor();
    codes[where] = await page.locator(".code").innerText();
    await audit("taken");
    // Sent once more by the browser's own button, it is the same one.
    await page.reload();
    assert.equal(await page.locator(".code").innerText(), codes[where]);

    await page.goto("/phan-anh");
    const look = async (code) => {
      await page.getByLabel(says.code).fill(code);
      await page.getByRole("button", { name: says.look, exact: true }).click();
    };
    await look(codes[where].slice(0, 9));
    await page.getByRole("alert").getByText(says.code_wrong).waitFor();
    await audit("a code with a slip");
    await look("0000-0000-0000-0");
    await page.getByRole("alert").getByText(says.code_unknown).waitFor();
    await look(codes[where].toLowerCase().replaceAll("-", " "));
    await page.getByRole("heading", { name: says.state_sent }).waitFor();
    assert.ok(!(await page.locator("main").innerText()).includes(NAME));
    await audit("followed");
  }, { ...device, seconds: 120 });
}

journey("the office receives, answers and publishes", async (visit) => {
  const { page, audit } = visit;
  visit.allow(/401|422/);
  const desk = at(visit);
  await desk.firstSignIn();
  await page.getByRole("navigation", { name: "Các trang" }).getByRole("link", { name: "Phản ánh" }).click();
  await desk.heading("Phản ánh, kiến nghị").waitFor();
  await desk.settled();
  const rows = page.locator(".petitions a");
  assert.equal(await rows.count(), DEVICES.length);
  await audit("petitions");
  await rows.first().click();
  await page.getByText(TEXT).waitFor();
  await page.getByText(NAME).waitFor();
  const photo = page.getByRole("img", { name: "Ảnh 1 kèm phản ánh" });
  assert.equal(await photo.evaluate((image) => image.decode().then(() => image.naturalWidth)), 1, "the photograph is shown");
  await audit("a petition");
  await desk.act("Tiếp nhận", "Đã tiếp nhận phản ánh");
  // Nothing written is said at its place; what was written stays over a reload.
  await page.locator(".acts").getByRole("button", { name: "Trả lời" }).click();
  await desk.heading("Trả lời", 2).waitFor();
  await page.locator(".act-panel").getByRole("button", { name: "Trả lời" }).click();
  await page.getByText("Hãy ghi câu trả lời.").waitFor();
  await audit("an answer with nothing in it");
  await page.getByLabel("Câu trả lời").fill("Quầy số 2 đã có người trực từ 7 giờ.");
  await page.reload();
  await desk.settled();
  assert.equal(await page.getByLabel("Câu trả lời").inputValue(), "Quầy số 2 đã có người trực từ 7 giờ.");
  await page.locator(".act-panel").getByRole("button", { name: "Trả lời" }).click();
  await page.locator("#said").getByText("Đã trả lời người gửi").waitFor();
  await audit("answered");

  await page.locator(".acts").getByRole("button", { name: "Công khai" }).click();
  await page.getByLabel("Tiêu đề").fill("Người trực ở quầy số 2");
  await page.getByLabel("Câu hỏi, viết lại").fill("Bà Hồ Thị Kín hỏi vì sao quầy số 2 không có người.");
  await page.getByLabel("Câu trả lời cho mọi người").fill("Xã đã phân công người trực. Cần hỏi thêm: (0233) 000 0000.");
  const publish = page.locator(".act-panel").getByRole("button", { name: "Công khai" });
  await publish.click();
  await page.getByText(/Có tên người gửi/).waitFor();
  assert.equal(await page.getByLabel(/Tôi đã xem/).count(), 0, "the sender's name cannot be waved through");
  await audit("the sender's name");
  await page.getByLabel("Câu hỏi, viết lại").fill("Vì sao sáng thứ Hai quầy số 2 không có người?");
  await publish.click();
  await page.getByText(/Có dãy số dài/).waitFor();
  await audit("a long number");
  await page.getByLabel(/Tôi đã xem/).check();
  await publish.click();
  await page.locator("#said").getByText("Đã công khai câu trả lời").waitFor();
  await audit("published");

  // The other one is another unit's.
  await page.goto("/officer/petitions");
  await desk.settled();
  await page.locator(".petitions a").first().click();
  await page.locator(".acts").getByRole("button", { name: "Chuyển đơn vị khác" }).click();
  await page.getByLabel("Chuyển đến").selectOption(OTHER);
  await page.getByLabel("Lý do").fill("Quầy này của xã Lao Bảo.");
  await audit("passing on");
  await page.locator(".act-panel").getByRole("button", { name: "Chuyển đơn vị khác" }).click();
  await desk.heading("Phản ánh, kiến nghị").waitFor();
  await desk.settled();
  assert.equal(await rows.count(), DEVICES.length - 2);
  await page.getByRole("link", { name: "Quá hạn" }).click();
  await page.getByText("Không có phản ánh nào trong danh sách này.").waitFor();
  await audit("nothing is late");
  await page.getByRole("link", { name: "Đã xong" }).click();
  await page.getByText("Đã công khai", { exact: true }).waitFor();
}, { desk: true, seconds: 180 });

journey("everybody reads the answer, and nothing of whoever asked", async (visit) => {
  const { page, audit } = visit;
  await page.goto("/phan-anh");
  await page.getByRole("link", { name: says.see_answers }).click();
  await page.getByLabel(says.by_words).fill("quay so 2 truc");
  await page.getByLabel(says.by_unit).selectOption(COMMUNE);
  await page.getByRole("button", { name: says.find, exact: true }).click();
  await page.getByRole("link", { name: "Người trực ở quầy số 2" }).waitFor();
  await audit("found");
  await page.getByLabel(says.by_words).fill("khong co tu nay");
  await page.getByRole("button", { name: says.find, exact: true }).click();
  await page.getByText(says.nothing_found).waitFor();
  await page.goBack();
  await page.getByRole("link", { name: "Người trực ở quầy số 2" }).click();
  await page.getByRole("heading", { level: 2, name: says.answer }).waitFor();
  const html = await page.content();
  for (const secret of [NAME, "0900", TEXT, ...Object.values(codes)]) assert.ok(!html.includes(secret), secret);
  await audit("an answer");

  await page.goto("/phan-anh/theo-doi");
  const follow = async (code) => {
    await page.getByLabel(says.code).fill(code);
    await page.getByRole("button", { name: says.look, exact: true }).click();
  };
  await follow(codes["a phone"]);
  await page.getByText("Quầy số 2 đã có người trực từ 7 giờ.").waitFor();
  await page.getByRole("link", { name: says.see_public }).waitFor();
  await audit("answered");
  await page.goto("/phan-anh/theo-doi");
  await follow(codes["a desk"]);
  await page.getByText(/Quầy này của xã Lao Bảo/).waitFor();
  await audit("passed on");
}, { seconds: 120 });

journey("the page that tracks dossiers leads to petitions", async (visit) => {
  const { page } = visit;
  await page.goto("/track");
  await page.locator("#app").getByRole("link", { name: says.title }).click();
  await page.getByRole("heading", { level: 1, name: says.title }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/phan-anh");
});
