// The panel that reads an identity card, or takes what is in the citizen's account: what was read in plain words, then the form.
// Loaded by after.js when somebody presses a button with `data-card`. The rules are in the program beside it (crate `scan`).

import * as account from "./account.js";
import { Codes, draw } from "./codes.js";
import { homes } from "./homes.js";
import { button, part } from "./parts.js";
import { load, words } from "./said.js";

/** Milliseconds between two looks of the camera: a cheap phone needs time for the picture itself. */
const PAUSE = 120;
/** The longest side of a photo that is read, in pixels; the code of a card that fills half of it keeps 5 a dot. */
const PHOTO = 2000;
/** The longest side of a look of the camera. */
const LOOK = 1280;

const programs = JSON.parse(document.querySelector("meta[name=programs]").content);
let Scan;

async function bytes(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function rules() {
  const glue = await import(programs.scan.js);
  await glue.default({ module_or_path: programs.scan.wasm });
  ({ Scan } = glue);
}

const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());

/** Opens the panel for the person whose places the button names. Rejects when the panel cannot be loaded. */
export async function open(opener) {
  await Promise.all([load(), rules()]);
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
  /** The home that needs no choosing. */
  #home;

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
    // An account's own page has nothing to take from it.
    const offered = account.offered() && this.#opener.dataset.alone === undefined;
    const mine = offered ? button(words.account, () => this.#account(stage), "quiet") : null;
    const cancel = this.#cancel();
    const secret = part("p", { className: "hint" }, words.private);
    this.#say(words.looking);
    this.#show(words.title, part("p", {}, words.hint), stage, this.#says, file, label, mine, cancel, secret);
    if (!(await this.#camera(stage)) && this.#looking) this.#say(words.no_camera);
  }

  /** Whether the panel waits for the camera, and nothing else was chosen. */
  get #looking() {
    return this.#dialog.open && this.#says.isConnected && this.#says.textContent === words.looking;
  }

  #cancel() {
    return button(words.cancel, () => this.#dialog.close(), "quiet");
  }

  /** What the citizen's account holds, in place of a card. */
  async #account(stage) {
    this.#stop();
    stage.hidden = true;
    this.#say(words.account_reading);
    let people;
    try {
      people = await account.people();
    } catch {
      if (stage.isConnected) this.#say(words.account_failed);
      return;
    }
    if (!this.#dialog.open || !stage.isConnected) return;
    this.#stop();
    if (people?.length === 1) return this.#of(people[0]);
    this.#say("");
    if (people) {
      const choices = people.map((person) => button(person.name, () => this.#of(person), "quiet"));
      return this.#show(words.account_whose, ...choices, this.#says, this.#cancel());
    }
    this.#show(words.sign_in, ...account.signIn(words), button(words.scan, () => this.look(), "quiet"), this.#cancel());
  }

  /** Shows what the account knows of one of its people. */
  #of(person) {
    if (this.#scan.account(person.texts)) this.#confirm(true);
    else this.#say(words.account_empty);
  }

  async #camera(stage) {
    try {
      const wanted = { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } };
      const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
      // Closed, or gone on, while the browser was still asking.
      if (!this.#looking) return stop(stream);
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

  /** Shows what would be written, for the citizen to say whether it is right; `mine`: it comes from their account. */
  async #confirm(mine = false) {
    const told = this.#scan.told();
    const row = (title, text) => part("div", {}, part("dt", {}, title), part("dd", {}, text));
    const rows = [];
    for (let place = 0; place < told.length; place += 2) rows.push(row(words[told[place]], told[place + 1]));
    // Nothing of an account is written on a card.
    const called = mine ? { ...words, residence: words.account_home } : words;
    const missing = this.#scan.missing().map((name) => called[name].toLowerCase()).join(", ");
    const notes = this.#scan.doubts().map((doubt) => part("p", { className: "warning" }, words[doubt]));
    const lacks = mine ? words.account_missing : words.missing;
    if (missing) notes.push(part("p", { className: "warning" }, lacks.replace("{parts}", missing)));
    this.#say(mine ? words.account_reading : words.reading);
    const found = this.#scan.asks_home() ? await this.#homes() : null;
    if (!this.#dialog.open) return;
    this.#home = mine && found?.length ? 0 : undefined;
    if (mine && found?.length) rows.push(row(words.account_home, found[0]));
    else if (found) notes.push(homes(found, words));
    this.#say("");
    this.#show(
      mine ? words.account_found : words.found,
      part("dl", { className: "answers" }, ...rows),
      ...notes,
      part("p", { className: "hint" }, mine ? words.account_proof : words.proof),
      this.#says,
      button(words.fill, () => this.#fill()),
      mine ? button(words.scan, () => this.look(), "quiet") : null,
      mine ? this.#cancel() : button(words.not_me, () => this.#dialog.close(), "quiet"),
    );
  }

  /** Where the residence lies today, in words; nothing without a network. */
  async #homes() {
    try {
      const data = (file) => bytes(`/data/${file}`);
      const provinces = this.#scan.catalogue(await data("catalogue.vi.bin"));
      const communes = provinces && this.#scan.provinces(await data(provinces));
      return communes ? this.#scan.homes(await data(communes)) : [];
    } catch {
      return [];
    }
  }

  #fill() {
    const homes = this.#inside.querySelector("fieldset");
    const chosen = homes?.querySelector("input:checked")?.value;
    if (homes && chosen === undefined) {
      this.#say(words.home_choose);
      homes.querySelector("input").focus();
      return;
    }
    const home = chosen === undefined || chosen === "self" ? this.#home : Number(chosen);
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
