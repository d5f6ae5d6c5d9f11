// Where an account asks who somebody is, their identity card answers as it does in forms: the panel of `public/card/` reads it, and what
// it read is written into the boxes. Without this script the boxes are typed into.

const button = document.querySelector("[data-card]");
const told = button.nextElementSibling;

/** Says in this page where the panel's programs are, which only the site's own page knows. */
async function programs() {
  const known = document.querySelector("meta[name=programs]");
  if (known) return known.content;
  const page = await fetch("/");
  if (!page.ok) throw new TypeError(`the site answered ${page.status}`);
  const meta = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("meta[name=programs]");
  document.head.append(meta);
  return meta.content;
}

button.addEventListener("click", async () => {
  button.disabled = true;
  told.textContent = button.dataset.wait;
  try {
    const { card } = JSON.parse(await programs());
    const panel = await import(card.js);
    await panel.open(button);
    told.textContent = "";
  } catch (error) {
    console.error(error);
    told.textContent = button.dataset.failed;
  }
  button.disabled = false;
});

// The panel gives a line for each place: its name and what stands there.
button.addEventListener("input", () => {
  for (const line of button.value.split("\n")) {
    const [place, text] = line.split("\t");
    const boxes = [...document.getElementsByName(place)];
    if (boxes[0]?.type === "radio") for (const box of boxes) box.checked = box.value === text;
    else if (boxes[0]) boxes[0].value = text ?? "";
  }
  told.textContent = button.dataset.filled;
});

button.parentElement.hidden = false;
