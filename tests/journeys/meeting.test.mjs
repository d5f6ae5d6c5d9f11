// The people's meeting at the village: prepared with a network, opened and filled without one, sent when it is back; it fails
// for one household, which meets again. The server is really stopped: nothing is more offline than that.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { journey, pause, startServer } from "../harness.mjs";
import { officer, officers } from "../officers.mjs";
import { example } from "../words.mjs";

const PHONE = "0900000401";
const UNIT = "UBND xã Hướng Phùng";
const made = officers([["Hồ Thị Chuyên", PHONE, UNIT, "one-stop, specialist"]]);
const offline = /Failed to load resource|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|401|409|422/;

/** Sends a dossier of a household as the site would. */
async function sent(url, name) {
  const catalogue = await (await fetch(`${url}/api/v1/catalogue`)).json();
  const of = (list, id) => list.find((one) => one.id === id).fingerprint;
  const form = (id, answers) => ({ form: id, fingerprint: of(catalogue.forms, id), answers });
  const body = {
    procedure: "cong-nhan-ho-ngheo",
    fingerprint: of(catalogue.procedures, "cong-nhan-ho-ngheo"),
    agency: catalogue.agencies.find((one) => one.name === UNIT).code,
    case: { trong_danh_sach: "chua" },
    forms: [
      form("qd24-01", { ...example("qd24-01", "ok-ra-soat"), ho_ten: name, "tv.0.tv_ho_ten": name }),
      form("nguoi-nop", example("nguoi-nop", "ok-tu-nop")),
    ],
    papers: [],
  };
  const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
  const answer = await fetch(`${url}/api/v1/dossiers`, { method: "POST", headers, body: JSON.stringify(body) });
  assert.equal(answer.status, 201, await answer.text());
}

const clock = (moment) => new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(11, 16);
const nextMinute = () => pause(60_500 - (Date.now() % 60_000));
const field = (page, label) => page.getByLabel(label, { exact: true });

/** The parts of the page that stay the same from one meeting to the next. */
async function head(page, { begun, ended }) {
  await field(page, "Thôn, bản, khu phố").fill("Thôn Chênh Vênh");
  await page.getByLabel("Nơi họp").fill("Nhà văn hóa thôn");
  await page.getByLabel("Giờ bắt đầu").fill(begun);
  await page.getByLabel("Chủ trì").fill("Hồ Văn Chủ");
  await field(page, "Thư ký").fill("Hồ Thị Thư");
  await page.getByLabel("Đại diện hộ dân ký biên bản").fill("Hồ Văn Mười, Hồ Thị Chín");
  await page.getByLabel("Số người được mời").fill("40");
  await page.getByLabel("Giờ kết thúc").fill(ended);
}

/** Twenty-nine names and two more on paper. */
async function attendance(page) {
  const name = page.getByLabel("Họ và tên");
  await name.fill("Hồ Văn Chủ, Hồ Thị Thư, Hồ Văn Mười");
  await name.press("Enter");
  assert.equal(await name.inputValue(), "", "the field is free for the next one");
  await name.fill(Array.from({ length: 26 }, (_, place) => `Người Dự ${place + 1}`).join(", "));
  await page.getByRole("button", { name: "Thêm vào danh sách" }).click();
  await page.getByLabel("Số người chỉ ký trên danh sách giấy").fill("2");
  await page.locator(".count", { hasText: "31 người có mặt" }).waitFor();
}

const household = (page, name) => page.locator(".household", { hasText: name });

async function vote(page, name, { a, b, agree }) {
  const one = household(page, name);
  await one.getByLabel(/^Điểm A/).fill(a);
  await one.getByLabel(/^Điểm B/).fill(b);
  await one.getByLabel(/^Đồng ý/).fill(agree);
}

journey("a meeting is prepared at the office, held without a network, and sent", async ({ page, context, audit, allow }) => {
  allow(offline);
  const first = await startServer({ data: made.data });
  let server = first;
  const goto = page.goto.bind(page);
  page.goto = (path, options) => goto(path.startsWith("/") ? `${server.url}${path}` : path, options);
  try {
    await sent(server.url, "Hồ Văn Thoong");
    await sent(server.url, "Hồ Thị Lan");
    const desk = officer({ page, audit }, { phone: PHONE, link: made.links[PHONE] });
    await desk.firstSignIn();
    for (const name of ["Hồ Văn Thoong", "Hồ Thị Lan"]) {
      await desk.open(name);
      await desk.act("Tiếp nhận hồ sơ", "Đã tiếp nhận hồ sơ và cấp số.", async () => {});
    }
    await desk.open("Hồ Văn Thoong");
    await page.getByText(/Cần họp dân/).waitFor();
    assert.equal(await desk.button("Xong, chuyển bước tiếp theo").count(), 0, "nothing goes on without the meeting");
    await audit("dossier needs a meeting");
    const received = new Date();

    await page.getByRole("link", { name: "Mở trang Họp dân" }).click();
    await page.getByText("2 hộ đang chờ họp dân.").waitFor();
    assert.equal(await page.getByText(/Thôn Chênh Vênh/).count(), 2, "where they live");
    await audit("meeting before");
    await desk.button("Chuẩn bị cuộc họp").click();
    await page.getByText(/Đã tải về máy lúc .*, có thể mở khi không có mạng\./).waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    const caches = await page.evaluate(async () => {
      const urls = [];
      for (const name of await window.caches.keys()) {
        if (name.startsWith("officer-")) urls.push(...(await (await window.caches.open(name)).keys()).map((one) => new URL(one.url).pathname));
      }
      return urls;
    });
    assert.ok(caches.length > 3 && caches.every((path) => path === "/officer" || path.startsWith("/officer/")), caches.join(" "));

    // At the village.
    await server.kill();
    await context.setOffline(true);
    await page.reload();
    await page.getByText(/có thể mở khi không có mạng/).waitFor();
    await audit("meeting offline");
    await page.getByRole("checkbox", { name: /Hồ Văn Thoong/ }).check();
    await page.getByRole("checkbox", { name: /Hồ Thị Lan/ }).check();
    await head(page, { begun: clock(received), ended: clock(new Date(received.getTime() + 60_000)) });
    await attendance(page);
    await vote(page, "Hồ Văn Thoong", { a: "130", b: "30", agree: "14" });
    const thoong = household(page, "Hồ Văn Thoong");
    await thoong.getByText("14 trên 31 người có mặt đồng ý: chưa đủ 50%, cần thêm 2 người.").waitFor();
    for (let more = 0; more < 4; more += 1) await thoong.getByRole("button", { name: /^Thêm một: Đồng ý/ }).click();
    await thoong.getByText("18 trên 31 người có mặt đồng ý: đủ 50%.").waitFor();
    await thoong.getByText("Theo điểm: Hộ nghèo.").waitFor();
    await vote(page, "Hồ Thị Lan", { a: "135", b: "20", agree: "40" });
    await audit("meeting filled");

    // Nothing of it is lost when the page is closed in between.
    await page.reload();
    await page.locator(".count", { hasText: "31 người có mặt" }).waitFor();
    assert.equal(await thoong.getByLabel(/^Đồng ý/).inputValue(), "18");
    while (clock(new Date()) <= clock(received)) await nextMinute();
    await desk.button("Xem lại biên bản").click();
    await page.getByRole("link", { name: /Cộng lại 40 ý kiến, nhiều hơn 31 người có mặt/ }).waitFor();
    await audit("meeting to mend");
    await household(page, "Hồ Thị Lan").getByLabel(/^Đồng ý/).fill("15");
    await desk.button("Xem lại biên bản").click();
    await page.getByRole("heading", { name: "Xem lại biên bản" }).waitFor();
    await page.getByText("Phải họp lại").waitFor();
    await audit("meeting look");
    await desk.button("Gửi biên bản").click();
    await page.getByText("Chưa gửi, chờ có mạng").waitFor();
    await page.locator("#look-problem").getByText(/Biên bản vẫn nằm trên máy này/).waitFor();
    await audit("meeting waiting");

    // Back at the office it goes by itself.
    server = await startServer({ data: made.data, port: new URL(first.url).port });
    await context.setOffline(false);
    await page.getByRole("heading", { name: "Đã nhận" }).waitFor();
    await page.locator("#came").getByText("15 trên 31 người có mặt đồng ý").waitFor();
    await page.getByText("1 hộ đang chờ họp dân.").waitFor();
    const left = await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("meeting/")));
    assert.deepEqual(left, [], "nothing of it stays on the device");
    await audit("meeting received");
    const download = page.waitForEvent("download");
    await page.locator("#came").getByRole("button", { name: /^Tải biên bản/ }).click();
    const paper = readFileSync(await (await download).path());
    assert.equal(paper.subarray(0, 5).toString(), "%PDF-");

    // What was agreed is to be posted; the other one meets again, of which the first meeting stays to be seen.
    await desk.open("Hồ Văn Thoong");
    await page.getByText("Cần niêm yết công khai 3 ngày làm việc trước khi chuyển bước.").waitFor();
    await desk.open("Hồ Thị Lan");
    await page.getByText(/Lần họp trước chưa đủ/).waitFor();
    await page.getByText("Họp dân: chưa thống nhất, phải rà soát và họp lại").waitFor();
    await page.goto("/officer/meetings");
    await desk.button("Chuẩn bị cuộc họp").click();
    await page.getByRole("checkbox", { name: /Hồ Thị Lan/ }).check();
    const again = new Date(received.getTime() + 60_000);
    await head(page, { begun: clock(again), ended: clock(new Date(again.getTime() + 60_000)) });
    await attendance(page);
    await vote(page, "Hồ Thị Lan", { a: "120", b: "30", agree: "16" });
    while (clock(new Date()) <= clock(again)) await nextMinute();

    // The session ends meanwhile: signing in again loses nothing.
    await context.clearCookies();
    await desk.button("Xem lại biên bản").click();
    await desk.button("Gửi biên bản").click();
    await page.getByRole("heading", { name: "Phiên làm việc đã hết" }).waitFor();
    await desk.signIn();
    await page.getByRole("heading", { name: "Đã nhận" }).waitFor();
    await desk.open("Hồ Thị Lan");
    await page.getByText("Họp dân: thống nhất").waitFor();
    await page.getByText("Họp dân: chưa thống nhất, phải rà soát và họp lại").waitFor();
    await page.getByText("Cần niêm yết công khai 3 ngày làm việc trước khi chuyển bước.").waitFor();
    await audit("dossier agreed");
  } finally {
    await server.stop();
  }
}, { seconds: 400 });

journey("at a desk, a meeting is prepared and taken from the device again", async ({ page, audit, allow }) => {
  allow(/401/);
  const { data, links } = officers([["Hồ Thị Chuyên", PHONE, UNIT, "specialist, one-stop"]]);
  const server = await startServer({ data });
  const goto = page.goto.bind(page);
  page.goto = (path, options) => goto(path.startsWith("/") ? `${server.url}${path}` : path, options);
  try {
    await sent(server.url, "Hồ Văn Thoong");
    const desk = officer({ page, audit }, { phone: `${PHONE}`, link: links[PHONE] });
    await desk.firstSignIn();
    await desk.open("Hồ Văn Thoong");
    await desk.act("Tiếp nhận hồ sơ", "Đã tiếp nhận hồ sơ và cấp số.", async () => {});
    await page.getByRole("link", { name: "Họp dân", exact: true }).click();
    await desk.button("Chuẩn bị cuộc họp").click();
    await page.getByRole("checkbox", { name: /Hồ Văn Thoong/ }).check();
    await attendance(page);
    await audit("meeting desk");
    await desk.button("Xem lại biên bản").click();
    await page.getByText("Cần sửa trước khi gửi").waitFor();
    await page.getByRole("button", { name: "Xóa cuộc họp này khỏi máy" }).click();
    await desk.button("Xóa khỏi máy này").click();
    await desk.button("Chuẩn bị cuộc họp").waitFor();
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("meeting/"))), []);
  } finally {
    await server.stop();
  }
}, { desk: true, seconds: 200 });
