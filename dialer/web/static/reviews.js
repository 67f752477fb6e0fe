// Single keys for the queue: they move and point, and Enter decides, so that no slip of a finger does. Everything
// works without them, and they can be switched off (WCAG 2.1.4); a browser remembers that.

const reviews = [...document.querySelectorAll("[data-review]")];
const keys = document.querySelector("[data-keys]");
const toggle = document.querySelector("[data-keys-switch]");
const REMEMBERED = "ringfence-single-keys";
let isOn = remembered() !== "off";

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

function show() {
  toggle.textContent = isOn ? "Single keys are on" : "Single keys are off";
  toggle.setAttribute("aria-pressed", String(isOn));
}

function current() {
  return reviews.findIndex((review) => review.contains(document.activeElement));
}

function go(place) {
  const review = reviews[Math.max(0, Math.min(place, reviews.length - 1))];
  review.focus({ preventScroll: true });
  review.scrollIntoView({ block: "start" });
}

function point(act) {
  const review = reviews[Math.max(0, current())];
  const goal = review.querySelector(`[data-act="${act}"]`);
  if (goal === null) return;
  if (goal.parentElement instanceof HTMLDetailsElement) goal.parentElement.open = true;
  goal.focus();
}

function play() {
  const sound = reviews[Math.max(0, current())].querySelector("[data-sound]");
  if (sound === null) return;
  if (sound.paused) sound.play().catch(() => undefined);
  else sound.pause();
}

const ACTS = {
  j: () => go(current() + 1),
  k: () => go(current() - 1),
  p: play,
  c: () => point("confirm"),
  n: () => point("reason"),
  s: () => point("scope"),
};

function onKey(event) {
  const isTyping = event.target.closest("input, select, textarea, audio") !== null;
  if (!isOn || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const act = ACTS[event.key.toLowerCase()];
  if (act === undefined) return;
  event.preventDefault();
  act();
}

if (keys && toggle && reviews.length) {
  keys.hidden = false;
  show();
  toggle.addEventListener("click", () => {
    isOn = !isOn;
    try {
      localStorage.setItem(REMEMBERED, isOn ? "on" : "off");
    } catch {
      // A browser that keeps nothing still switches for this page.
    }
    show();
  });
  document.addEventListener("keydown", onKey);
  // Whoever has just decided goes on with the next one.
  if (document.getElementById("done") && isOn && !location.hash) go(0);
}
