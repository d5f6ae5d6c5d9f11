// Runs only where the browser knows no modules, and so could not even read boot.js: says that it is too old.
(function () {
  var parts = document.querySelectorAll("[data-say=old], #first .skeleton");
  for (var i = 0; i < parts.length; i++) {
    if (parts[i].className === "skeleton") parts[i].setAttribute("hidden", "");
    else parts[i].removeAttribute("hidden");
  }
})();
