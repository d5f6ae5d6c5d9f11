// The words and the style of the panels.

const at = (name) => new URL(name, import.meta.url);

/** What the panels say, once `load` is done. */
export const words = {};

/** Fetches words and style. Rejects when they cannot be loaded. */
export async function load() {
  const language = document.documentElement.lang || "vi";
  const wordsOf = async (code) => {
    const answer = await fetch(at(`words.${code}.json`));
    // A language without words of its own for the panel has the Vietnamese ones.
    if (answer.status === 404 && code !== "vi") return {};
    if (!answer.ok) throw new TypeError(`the words answered ${answer.status}`);
    return answer.json();
  };
  const [vietnamese, own] = await Promise.all([wordsOf("vi"), language === "vi" ? {} : wordsOf(language), style()]);
  Object.assign(words, vietnamese, own);
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
