// The papers of the citizen's account (kho giấy tờ), for a draft that asks for one. Loaded when somebody presses a button with
// `data-mine`; the chosen paper is handed to the page's own file input, which looks at it as at every other file.

import { json, offered, signIn } from "./account.js";
import { button, part } from "./parts.js";
import { load, words } from "./said.js";

const PAPERS = "/api/v1/citizens/me/papers";
/** How long a paper may take on its way, in milliseconds. */
const PATIENCE = 120000;
const DAY = new Intl.DateTimeFormat("vi", { timeZone: "Asia/Ho_Chi_Minh", day: "numeric", month: "numeric", year: "numeric" });

/** Opens the list for the paper that the button names. Rejects when the panel cannot be loaded. */
export async function open(opener) {
  await load();
  new Papers(opener).list();
}

class Papers {
  #opener;
  #dialog;
  #title = part("h2", { id: "mine-title", tabIndex: -1 });
  #inside = part("div");
  #says = part("p", { className: "card-says" });

  constructor(opener) {
    this.#opener = opener;
    this.#says.setAttribute("role", "status");
    this.#dialog = part("dialog", { className: "card" }, this.#title, this.#inside, this.#says);
    this.#dialog.setAttribute("aria-labelledby", "mine-title");
    this.#dialog.addEventListener("close", () => this.#end());
    document.body.append(this.#dialog);
    this.#dialog.showModal();
  }

  #show(title, ...inside) {
    this.#title.textContent = title;
    this.#inside.replaceChildren(...inside, button(words.mine_cancel, () => this.#dialog.close(), "quiet"));
    this.#title.focus();
  }

  async list() {
    this.#says.textContent = words.mine_reading;
    this.#show(words.mine);
    let mine;
    try {
      mine = offered() ? await json(PAPERS) : null;
    } catch {
      this.#says.textContent = words.mine_failed;
      return;
    }
    this.#says.textContent = "";
    if (!mine) return this.#show(words.sign_in, ...signIn(words));
    if (mine.rows.length === 0) {
      this.#says.textContent = words.mine_empty;
      return;
    }
    // What was sent as this very paper before comes first.
    const fits = (paper) => paper.paper === this.#opener.dataset.mine;
    const rows = [...mine.rows.filter(fits), ...mine.rows.filter((paper) => !fits(paper))];
    this.#show(words.mine, part("ul", { className: "card-papers" }, ...rows.map((paper) => this.#row(paper))));
  }

  #row(paper) {
    const day = DAY.format(paper.kept_at);
    const about = [paper.of, day, size(paper.size)].filter((text) => text).join(" · ");
    const use = button(words.mine_use, () => this.#take(paper), "quiet");
    use.setAttribute("aria-label", `${words.mine_use}: ${paper.name}`);
    return part("li", {}, part("b", {}, paper.name), part("p", { className: "hint" }, about), use);
  }

  async #take(paper) {
    this.#says.textContent = words.mine_taking;
    this.#dialog.scrollTop = 0;
    let bytes;
    try {
      const answer = await fetch(`${PAPERS}/${paper.sha256}`, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok) throw new TypeError(`the paper answered ${answer.status}`);
      bytes = await answer.arrayBuffer();
    } catch {
      this.#says.textContent = words.mine_failed;
      return;
    }
    if (!this.#dialog.open) return;
    const given = new DataTransfer();
    given.items.add(new File([bytes], paper.name, { type: paper.media_type, lastModified: paper.kept_at }));
    const input = this.#opener.closest("section").querySelector("input[type=file][multiple]");
    input.files = given.files;
    this.#dialog.close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #end() {
    this.#dialog.remove();
    this.#opener.focus();
  }
}

/** "480 KB", "2,4 MB", as the page of papers says it. */
function size(bytes) {
  const [count, unit] = bytes < 1_000_000 ? [Math.ceil(bytes / 1000), "KB"] : [Math.round(bytes / 100_000) / 10, "MB"];
  return `${count.toLocaleString("vi")} ${unit}`;
}
