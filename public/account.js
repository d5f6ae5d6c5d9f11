// What stands behind "#" browsers send to nobody: a mailed link's token, or what an identity provider's page came to. It goes into the
// form that it is for, and out of the address.
const token = document.getElementById("token");
const ticket = document.getElementById("ticket");

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
  const came = told.get("identity");
  if (!came) return;
  const next = told.get("next") ?? "";
  history.replaceState(null, "", location.pathname);
  if (came === "ask") {
    if (ticket) ticket.value = told.get("ticket") ?? "";
    else location.replace(`/account/identity#${said}`);
  } else if (came !== "cancelled" && /^\/(?!\/)[\w/-]+$/.test(next)) location.replace(next);
}

// A link may be opened on the very page that asked for it, which loads nothing anew.
addEventListener("hashchange", arrive);
arrive();

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
