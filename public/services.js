// What was looked at on this phone, on the pages of services. It stays on this phone, and can be forgotten: a family's phone
// need not tell everybody what one of them has asked about.

const MOST = 5;

function kept() {
  try {
    const list = JSON.parse(localStorage.getItem("services")) ?? [];
    return list.filter(({ id, name }) => /^[a-z0-9-]+$/.test(id) && typeof name === "string");
  } catch {
    return [];
  }
}

function keep(list) {
  try {
    localStorage.setItem("services", JSON.stringify(list.slice(0, MOST)));
  } catch {
    // A phone that keeps nothing shows the list without it.
  }
}

function element(name, properties, ...inside) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...inside);
  return made;
}

const service = document.querySelector("[data-service]");
if (service) {
  const { service: id } = service.dataset;
  keep([{ id, name: service.textContent }, ...kept().filter((one) => one.id !== id)]);
}

const place = document.getElementById("recent");
const list = kept();
if (place && list.length > 0) {
  const rows = list.map(({ id, name }) => element("li", {}, element("a", { href: `/dich-vu/${id}${location.search}` }, name)));
  const forget = element("button", { type: "button", className: "link" }, place.dataset.forget);
  forget.addEventListener("click", () => {
    keep([]);
    place.hidden = true;
    document.querySelector("h1").tabIndex = -1;
    document.querySelector("h1").focus();
  });
  place.append(element("h2", {}, place.dataset.title), element("ul", { className: "list" }, ...rows), forget);
  place.hidden = false;
}
