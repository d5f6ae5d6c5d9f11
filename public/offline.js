// Keeps the site on the phone, and has sent what waits to be sent: see sw.js and outbox.js.

const worker = navigator.serviceWorker;

async function send() {
  const { active, sync } = await worker.ready;
  if (navigator.onLine) active.postMessage("send");
  else await sync?.register("send");
}

if (worker) {
  // Home lists what waits and what is sent.
  worker.addEventListener("message", () => location.pathname === "/" && location.reload());
  addEventListener("online", send);
  addEventListener("offline", send);
  // A browser that refuses still shows the site, only not without a network.
  worker.register("/sw.js").then(send, () => {});
}
