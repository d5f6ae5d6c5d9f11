// Plain HTML with a form, written by hand: the least a browser has to do for so many fields. Each key looks at its own field
// and marks it, and nothing else happens; the style is our own, but every row is laid out.

const { definition } = await (await fetch(document.body.dataset.form)).json();
const field = ({ id, label, hint, required }, row) => {
  const place = `f-${row}-${id}`;
  const note = hint ? `<p class="hint" id="${place}-hint">${hint}</p>` : "";
  return `<div class="field"><label class="label" for="${place}">${label}</label>${note}<input type="text" id="${place}" aria-describedby="${place}-hint ${place}-problem" aria-invalid="false"${required ? " required" : ""}><div id="${place}-problem"></div></div>`;
};
const panel = (row) => `<section class="panel row-panel"><h2>${row + 1}</h2>${definition.fields.map((one) => field(one, row)).join("")}<button type="button" class="button quiet danger">×</button></section>`;

const main = document.getElementById("form");
main.innerHTML = Array.from({ length: definition.rows }, (_, row) => panel(row)).join("");
main.addEventListener("input", ({ target }) => {
  const bad = !target.checkValidity();
  target.setAttribute("aria-invalid", String(bad));
  document.getElementById(`${target.id}-problem`).textContent = bad ? target.validationMessage : "";
});
