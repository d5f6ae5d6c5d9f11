// Before the first paint: only home begins with the words of the first view, and what was chosen for easier reading
// (see simple.js) holds from the beginning.
const { classList } = document.documentElement;
classList.toggle("inside", location.pathname !== "/");
try {
  for (const choice of ["simple", "contrast"]) if (localStorage[choice]) classList.add(choice, "easier");
} catch {
  // A phone that keeps nothing has nothing chosen.
}
if (classList.contains("easier")) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "/simple.css";
  document.head.append(sheet);
}
