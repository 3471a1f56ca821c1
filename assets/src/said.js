// The line under the form that saves by itself: whether what was typed is saved, why not, and what to do.
import { form } from "./fields.js";

const line = document.getElementById("unsaved");
/** While one of these holds, points and time are of what was saved before. */
const calm = new Set(["saved", "typing", "sending"]);
let now = "saved";

const at = document.getElementById("saved-at");
let time = [];
/** When it was saved is said only while that is so. */
const showTime = (shown) => {
  if (shown && !at.hasChildNodes()) at.replaceChildren(...time);
  if (!shown && at.hasChildNodes()) {
    time = [...at.childNodes];
    at.replaceChildren();
  }
};

export const state = () => now;

/** Says it; a text of the server in place of ours, seconds where there are some. */
export const say = (word, { seconds, why } = {}) => {
  if (!line) return;
  now = word;
  const own = word === "saved" ? "" : (line.dataset[word] ?? "").replace("{n}", seconds);
  const text = why ? `${own} ${why}` : own;
  const place = line.querySelector("[data-text]");
  // A reader says a line again whenever it is written again.
  if (place.textContent !== text) place.textContent = text;
  line.hidden = word === "saved";
  line.classList.toggle("stop", !calm.has(word));
  line.querySelector("a").hidden = !["over", "another"].includes(word);
  showTime(word === "saved");
  document.getElementById("of-before").hidden = calm.has(word);
  form.dataset.state = word;
};
