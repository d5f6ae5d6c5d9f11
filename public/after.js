// What comes after everything that a first visit needs: keeping the site on the phone, and the panels of the identity card and
// of the account's papers.

import "/offline.js";

const programs = JSON.parse(document.querySelector("meta[name=programs]").content);

// Scanning an identity card is a program of its own, fetched by whoever presses the button; the account's papers lie beside it.
addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-card], [data-mine]");
  if (!button || button.disabled) return;
  const told = button.nextElementSibling;
  button.disabled = true;
  told.textContent = button.dataset.wait;
  try {
    const beside = new URL("papers.js", new URL(programs.card.js, location.href));
    const panel = await import(button.dataset.mine === undefined ? programs.card.js : beside);
    await panel.open(button);
    told.textContent = "";
  } catch (error) {
    console.error(error);
    told.textContent = button.dataset.failed;
  }
  button.disabled = false;
});
