// Whoever leaves a page loses nothing: a sheet is saved first, and the browser asks before anything typed is gone.
import { isClean, settled } from "./saving.js";

// Who types on while a leaving waits has changed his mind.
let strokes = 0;
document.addEventListener("input", () => (strokes += 1));

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return;
  if (isClean()) return;
  // What cannot be saved is said at its field; a second try leaves, and the browser asks.
  if (link.dataset.asked) return;
  event.preventDefault();
  const before = strokes;
  if ((await settled()) && strokes === before) location.assign(link.href);
  else link.dataset.asked = "yes";
});

/** Whether a form that is sent whole holds a text that nobody has sent; the one that is being sent does not. */
const holdsText = (sent) =>
  [...document.querySelectorAll("main form[method=post]:not([data-saves]) textarea:not([readonly])")].some(
    (each) => each.form !== sent && each.value.trim() && each.value !== each.defaultValue,
  );
let sent = null;
document.addEventListener("submit", (event) => (sent = event.defaultPrevented ? null : event.target));
document.addEventListener("input", () => (sent = null));
addEventListener("beforeunload", (event) => {
  if (isClean() && !holdsText(sent)) return;
  event.preventDefault();
  event.returnValue = "";
});
