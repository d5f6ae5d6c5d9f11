// What comes after everything that a first visit needs: keeping the site on the phone, and scanning an identity card.

import "/offline.js";

const programs = JSON.parse(document.querySelector("meta[name=programs]").content);

// Scanning an identity card is a program of its own, fetched by whoever presses the button.
addEventListener("click", async ({ target }) => {
  const button = target.closest?.("[data-card]");
  if (!button || button.disabled) return;
  const told = button.nextElementSibling;
  button.disabled = true;
  told.textContent = button.dataset.wait;
  try {
    const panel = await import(programs.card.js);
    await panel.open(button);
    told.textContent = "";
  } catch (error) {
    console.error(error);
    told.textContent = button.dataset.failed;
  }
  button.disabled = false;
});
