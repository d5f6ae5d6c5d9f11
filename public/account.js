// What stands behind "#" browsers send to nobody: a mailed link's token, what an identity provider's page came to, or the code of a
// dossier that is to be taken into the account. It goes into the form that it is for, and out of the address.
const token = document.getElementById("token");
const ticket = document.getElementById("ticket");
const claimed = document.querySelector("#claim ~ form [name=code]");

function arrive() {
  const said = location.hash.slice(1);
  const told = new URLSearchParams(said);
  if (/^[0-9a-f]{64}$/.test(said)) {
    // One address for those who ask for a link and those who come by it.
    if (!token) return location.replace(`/account/reset/link#${said}`);
    token.value = said;
    token.closest(".field").hidden = true;
    return history.replaceState(null, "", location.pathname);
  }
  const code = told.get("claim");
  if (code) {
    history.replaceState(null, "", location.pathname + location.search);
    // Whoever has to sign in first finds it when they have.
    if (/^[0-9A-Za-z-]{13,16}$/.test(code)) sessionStorage.setItem("claim", code);
  }
  const came = told.get("identity");
  if (!came) return;
  const next = told.get("next") ?? "";
  history.replaceState(null, "", location.pathname);
  if (came === "ask") {
    if (ticket) ticket.value = told.get("ticket") ?? "";
    else location.replace(`/account/identity#${said}`);
  } else if (came !== "cancelled" && /^\/(?!\/)[\w/-]+$/.test(next)) location.replace(next);
}

// The code that waits in this tab goes into the field for it, once.
function claim() {
  const code = sessionStorage.getItem("claim");
  if (!claimed || !code) return;
  sessionStorage.removeItem("claim");
  claimed.value = code;
  document.getElementById("claim").scrollIntoView();
  claimed.form.elements.digits.focus({ preventScroll: true });
}

// A link may be opened on the very page that asked for it, which loads nothing anew.
addEventListener("hashchange", () => {
  arrive();
  claim();
});
arrive();
claim();

// Notices have been seen once their page is before somebody's eyes: not when it was fetched ahead, and not when it lies in a tab
// behind. Until then, and where that cannot be said, the button says it.
const seen = document.getElementById("seen");

function look() {
  if (!seen || document.prerendering || document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", look);
  const body = new URLSearchParams(new FormData(seen));
  seen.hidden = true;
  fetch(seen.action, { method: "POST", body, redirect: "manual", keepalive: true })
    .then((answer) => (seen.hidden = answer.type === "opaqueredirect"))
    .catch(() => (seen.hidden = false));
}

document.addEventListener("visibilitychange", look);
look();
