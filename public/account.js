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
