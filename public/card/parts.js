// Elements of the panel.

/** An element with properties and what stands in it. */
export function part(name, properties = {}, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside.filter((one) => one !== null));
  return element;
}

export const button = (text, onclick, kind = "") =>
  part("button", { type: "button", className: `button ${kind}`.trim(), onclick }, text);
