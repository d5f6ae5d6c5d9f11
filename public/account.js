// What stands behind "#" browsers send to nobody: a mailed link's token, or what an identity provider's page came to. It goes into the
// form that it is for, and out of the address.
const said = location.hash.slice(1);
const token = document.getElementById("token");
const ticket = document.getElementById("ticket");
const told = new URLSearchParams(said);

if (/^[0-9a-f]{64}$/.test(said)) {
  // One address for those who ask for a link and those who come by it.
  if (!token) location.replace(`/account/reset/link#${said}`);
  else {
    token.value = said;
    token.closest(".field").hidden = true;
    history.replaceState(null, "", location.pathname);
  }
} else if (told.has("identity")) {
  const next = told.get("next") ?? "";
  history.replaceState(null, "", location.pathname);
  if (told.get("identity") === "ask") {
    if (ticket) ticket.value = told.get("ticket") ?? "";
    else location.replace(`/account/identity#${said}`);
  } else if (told.get("identity") !== "cancelled" && /^\/(?!\/)[\w\/-]+$/.test(next)) location.replace(next);
}
