// Where a residence may lie today.

import { part } from "./parts.js";

/** The homes that a residence on a card may mean, for the citizen to confirm; where none is known the address is left to be chosen. */
export function homes(found, words) {
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
