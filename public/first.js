// Before the first paint: only home begins with the words of the first view.
document.documentElement.classList.toggle("inside", location.pathname !== "/");
