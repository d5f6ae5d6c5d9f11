// The panel that reads an identity card: camera or photo, what was read in plain words, and then the form.
// Loaded by boot.js when somebody presses a button with `data-card`. The rules are in the program beside it (crate `scan`).

import { Codes } from "./codes.js";

const at = (name) => new URL(name, import.meta.url);

/** Milliseconds between two looks of the camera: a cheap phone needs time for the picture itself. */
const PAUSE = 120;
/** The longest side of a photo that is read, in pixels; the code of a card that fills half of it keeps 5 a dot. */
const PHOTO = 2000;
/** The longest side of a look of the camera. */
const LOOK = 1280;

const words = {};
const programs = JSON.parse(document.querySelector("meta[name=programs]").content);
let Scan;

async function bytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function load(language) {
  const wordsOf = async (code) => {
    const answer = await fetch(at(`words.${code}.json`));
    // A language without words of its own for the panel has the Vietnamese ones.
    if (answer.status === 404 && code !== "vi") return {};
    if (!answer.ok) throw new TypeError(`the words answered ${answer.status}`);
    return answer.json();
  };
  const [vietnamese, own] = await Promise.all([
    wordsOf("vi"),
    language === "vi" ? {} : wordsOf(language),
    rules(),
    style(),
  ]);
  Object.assign(words, vietnamese, own);
}

async function rules() {
  const glue = await import(programs.scan.js);
  await glue.default({ module_or_path: programs.scan.wasm });
  ({ Scan } = glue);
}

function style() {
  if (document.querySelector("link[data-card]")) return null;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: at("card.css").href });
  link.dataset.card = "";
  return new Promise((resolve, reject) => {
    Object.assign(link, { onload: resolve, onerror: reject });
    document.head.append(link);
  });
}

/** An element with properties and what stands in it. */
function part(name, properties = {}, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside.filter((one) => one !== null));
  return element;
}

const button = (text, onclick, kind = "") =>
  part("button", { type: "button", className: `button ${kind}`.trim(), onclick }, text);

const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());

/** Opens the panel for the person whose places the button names. Rejects when the panel cannot be loaded. */
export async function open(opener) {
  await load(document.documentElement.lang || "vi");
  // From here on the panel speaks for itself.
  new Panel(opener).look();
}

class Panel {
  #opener;
  #scan;
  #codes = new Codes(programs.reader);
  #stream = null;
  #dialog;
  #title;
  #inside;
  #says;

  constructor(opener) {
    this.#opener = opener;
    this.#scan = new Scan(opener.dataset.card, opener.dataset.name, today());
    this.#title = part("h2", { id: "card-title", tabIndex: -1 });
    this.#inside = part("div");
    this.#says = part("p", { className: "card-says" });
    this.#says.setAttribute("role", "status");
    this.#dialog = part("dialog", { className: "card" }, this.#title, this.#inside);
    this.#dialog.setAttribute("aria-labelledby", "card-title");
    this.#dialog.addEventListener("close", () => this.#end());
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  #show(title, ...inside) {
    this.#title.textContent = title;
    this.#inside.replaceChildren(...inside.filter((one) => one !== null));
    this.#title.focus();
    this.#dialog.scrollTop = 0;
  }

  #say(text) {
    if (this.#says.textContent !== text) this.#says.textContent = text;
  }

  /** Camera, or photo where there is none. */
  async look() {
    const file = part("input", { type: "file", accept: "image/*", id: "card-photo", className: "card-file" });
    file.setAttribute("capture", "environment");
    file.addEventListener("change", () => file.files[0] && this.#photo(file.files[0]));
    const label = part("label", { htmlFor: "card-photo", className: "button quiet" }, words.photo);
    const stage = part("div", { className: "card-stage", hidden: true });
    const cancel = button(words.cancel, () => this.#dialog.close(), "quiet");
    const secret = part("p", { className: "hint" }, words.private);
    this.#say(words.looking);
    this.#show(words.title, part("p", {}, words.hint), stage, this.#says, file, label, cancel, secret);
    if (!(await this.#camera(stage))) this.#say(words.no_camera);
  }

  async #camera(stage) {
    try {
      const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };
      const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      // Closed while the browser was still asking.
      if (!this.#dialog.open) return stop(stream);
      this.#stream = stream;
    } catch {
      return false;
    }
    const video = part("video", { muted: true, playsInline: true, srcObject: this.#stream });
    video.setAttribute("aria-hidden", "true");
    stage.replaceChildren(video, part("div", { className: "card-frame" }));
    stage.hidden = false;
    this.#torch(stage);
    await video.play().catch(() => {});
    this.#watch(video, this.#stream);
    return true;
  }

  #torch(stage) {
    const [track] = this.#stream.getVideoTracks();
    if (!track?.getCapabilities?.().torch) return;
    let lit = false;
    const light = button(words.torch, async () => {
      lit = !lit;
      await track.applyConstraints({ advanced: [{ torch: lit }] }).catch(() => {});
      light.textContent = lit ? words.torch_off : words.torch;
    }, "quiet card-torch");
    stage.append(light);
  }

  async #watch(video, stream) {
    const canvas = document.createElement("canvas");
    while (this.#stream === stream) {
      if (video.videoWidth > 0 && !document.hidden) {
        draw(canvas, video, video.videoWidth, video.videoHeight, LOOK);
        let text = null;
        try {
          text = await this.#codes.read(canvas, false);
        } catch {
          this.#say(words.failed);
          return;
        }
        if (this.#stream !== stream) return;
        if (text && this.#take(text)) return;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  async #photo(file) {
    this.#stop();
    this.#inside.querySelector(".card-stage").hidden = true;
    this.#say(words.reading);
    let text;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
      if (!picture) return this.#say(words.not_picture);
      const canvas = document.createElement("canvas");
      draw(canvas, picture, picture.width, picture.height, PHOTO);
      picture.close();
      text = await this.#codes.read(canvas, true);
    } catch {
      return this.#say(words.failed);
    }
    if (!this.#dialog.open) return null;
    if (!text) return this.#say(words.not_found);
    return this.#take(text);
  }

  /** Whether the text is a card's; then it is shown. */
  #take(text) {
    const why = this.#scan.read(text);
    if (why) {
      this.#say(words[why]);
      return false;
    }
    this.#stop();
    this.#confirm();
    return true;
  }

  async #confirm() {
    const told = this.#scan.told();
    const rows = [];
    for (let place = 0; place < told.length; place += 2) {
      rows.push(part("div", {}, part("dt", {}, words[told[place]]), part("dd", {}, told[place + 1])));
    }
    const missing = this.#scan.missing().map((name) => words[name].toLowerCase()).join(", ");
    const notes = this.#scan.doubts().map((doubt) => part("p", { className: "warning" }, words[doubt]));
    if (missing) notes.push(part("p", { className: "warning" }, words.missing.replace("{parts}", missing)));
    this.#say(words.reading);
    const homes = this.#scan.asks_home() ? await this.#homes() : null;
    if (!this.#dialog.open) return;
    this.#say("");
    this.#show(
      words.found,
      part("dl", { className: "answers" }, ...rows),
      ...notes,
      homes,
      part("p", { className: "hint" }, words.proof),
      this.#says,
      button(words.fill, () => this.#fill()),
      button(words.not_me, () => this.#dialog.close(), "quiet"),
    );
  }

  /** Where the residence lies today, for the citizen to confirm. Without a network the address is left to be chosen. */
  async #homes() {
    let found = [];
    try {
      const data = (file) => bytes(`/data/${file}`);
      const provinces = this.#scan.catalogue(await data("catalogue.vi.bin"));
      const communes = provinces && this.#scan.provinces(await data(provinces));
      found = communes ? this.#scan.homes(await data(communes)) : [];
    } catch {
      found = [];
    }
    if (found.length === 0) return part("p", { className: "warning" }, words.home_none);
    const choice = (text, value, checked) => {
      const input = part("input", { type: "radio", name: "card-home", id: `card-home-${value}`, value, checked });
      return part("label", { className: "choice", htmlFor: input.id }, input, part("span", {}, text));
    };
    const options = found.map((text, place) => choice(text, String(place), found.length === 1));
    const question = found.length === 1 ? words.home_one : words.home_some;
    const legend = part("legend", { className: "label" }, question);
    return part("fieldset", { className: "field" }, legend, ...options, choice(words.home_self, "self", false));
  }

  #fill() {
    const homes = this.#inside.querySelector("fieldset");
    const chosen = homes?.querySelector("input:checked")?.value;
    if (homes && chosen === undefined) {
      this.#say(words.home_choose);
      homes.querySelector("input").focus();
      return;
    }
    const home = chosen === undefined || chosen === "self" ? undefined : Number(chosen);
    const told = this.#scan.answers(home);
    const lines = [];
    for (let place = 0; place < told.length; place += 2) lines.push(`${told[place]}\t${told[place + 1]}`);
    // The page writes the lines on its sheet: the button is the one place where both meet.
    this.#opener.value = lines.join("\n");
    this.#dialog.close();
    this.#opener.dispatchEvent(new Event("input"));
    this.#opener.value = "";
  }

  #stop() {
    if (this.#stream) stop(this.#stream);
    this.#stream = null;
  }

  #end() {
    this.#stop();
    this.#codes.close();
    this.#scan.free();
    this.#dialog.remove();
    this.#opener.focus();
  }
}

function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
  return true;
}

function draw(canvas, picture, width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(picture, 0, 0, canvas.width, canvas.height);
}
