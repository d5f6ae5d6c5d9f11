// The questions of a form's step, drawn by the build, until the program asks them: what takes letters comes with it.

const [, form, step] = location.pathname.match(/^\/drafts\/[^/]+\/forms\/([^/]+)\/([^/]+)$/) ?? [];
let language = null;
try {
  language = localStorage.getItem("language");
} catch {
  // Storage that is refused has no language either.
}
if (form && (language ?? "vi") === "vi") {
  const answer = await fetch(`/data/first/${form}/${step}.html`);
  const place = document.querySelector("#first .skeleton");
  if (answer.ok && place) {
    place.innerHTML = await answer.text();
    // Questions can be read; grey boxes say nothing.
    place.removeAttribute("aria-hidden");
  }
}
