// A mailed link carries its token behind "#", which browsers send to nobody. It goes into the form, and out of the address.
const token = location.hash.slice(1);
const field = document.getElementById("token");

if (/^[0-9a-f]{64}$/.test(token)) {
  // One address for those who ask for a link and those who come by it.
  if (!field) location.replace(`/account/reset/link#${token}`);
  else {
    field.value = token;
    field.closest(".field").hidden = true;
    history.replaceState(null, "", location.pathname);
  }
}
