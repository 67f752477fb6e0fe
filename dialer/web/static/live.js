// Fetches this page again and swaps the one region that changes. Everything works without it; a reader may
// pause it, and it rests while nobody looks. What has the keyboard's focus is never swapped away.

const region = document.getElementById("live");
const pause = document.querySelector("[data-live-switch]");
const everyMilliseconds = Number(region?.dataset.liveSeconds ?? 0) * 1000;
let isRunning = true;

async function refresh() {
  if (!isRunning || document.hidden || region.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  if (fresh && isRunning) region.replaceChildren(...fresh.childNodes);
}

function toggle() {
  isRunning = !isRunning;
  pause.textContent = isRunning ? "Pause" : "Go on";
}

if (region && pause && everyMilliseconds) {
  pause.hidden = false;
  pause.addEventListener("click", toggle);
  // A store or a server that is away for a moment leaves the last figures standing; the next round asks again.
  setInterval(() => refresh().catch(() => undefined), everyMilliseconds);
}
