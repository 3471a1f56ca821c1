// What could not be saved survives the browser: kept under person and address, offered on return, never sent by itself.
import { form, is, named, person, put, saves, stood, unsaved, value } from "./fields.js";

const BEGINS = "parindex:draft:";
const DAYS = 7;
const MOST = 40;
const LARGEST = 100_000; // letters; more is no text of an official
const own = `${BEGINS}${person}:`;
const key = `${own}${location.pathname}`;

/** A browser may refuse to keep anything. */
const tried = (act, otherwise) => {
  try {
    return act();
  } catch {
    return otherwise;
  }
};
const keys = (begin) => Object.keys(localStorage).filter((each) => each.startsWith(begin));
const read = (of) => tried(() => JSON.parse(localStorage.getItem(of)), null);

/** What is too old goes, and of the rest the oldest where there are too many. */
const sweep = () => {
  const drafts = keys(BEGINS).map((of) => [of, read(of)?.at ?? 0]);
  drafts.sort((one, other) => other[1] - one[1]);
  const old = Date.now() - DAYS * 86_400_000;
  drafts.filter(([, at], place) => at < old || place >= MOST).forEach(([of]) => localStorage.removeItem(of));
};
tried(sweep);

// Whoever signs out leaves nothing behind on a shared computer; one who stays has it kept again with the next key.
let leaves = false;
document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") === "/sign-out") leaves = true;
});
document.addEventListener("input", () => (leaves = false));
addEventListener("pagehide", () => leaves && tried(() => keys(own).forEach((of) => localStorage.removeItem(of))));

/** What was kept before and is neither put back nor dropped yet. */
let offered = null;

/** Keeps what the server does not have; nothing where it has all. */
export const keep = () => {
  if (!saves || !person) return;
  const typed = Object.fromEntries(unsaved().map((field) => [field.name, value(field)]));
  const fields = { ...offered?.fields, ...typed };
  const text = JSON.stringify({ at: Object.keys(typed).length ? Date.now() : offered?.at, fields });
  tried(() => {
    if (!Object.keys(fields).length || text.length > LARGEST) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  });
};

const offer = document.getElementById("draft");
const close = () => {
  offered = null;
  offer.hidden = true;
  if (saves) keep();
  else tried(() => localStorage.removeItem(key));
};

const label = (field) => (form.querySelector(`label[for="${field.id}"]`) ?? field.closest("label")).textContent.trim();
const show = () => {
  // By the clocks of Vietnam, like every time on the page.
  const [day, time] = new Date(offered.at + 7 * 3_600_000).toISOString().slice(0, 16).split("T");
  offer.querySelector("[data-at]").textContent = `${time} ${day.split("-").reverse().join("/")}`;
  for (const [name, text] of Object.entries(offered.fields)) {
    const item = document.createElement("li");
    item.textContent = named(name).type === "checkbox" ? label(named(name)) : `${label(named(name))}: ${text || "–"}`;
    offer.querySelector("[data-list]").append(item);
  }
  offer.hidden = false;
};

/** Offers what was kept for this person at this address, and tells when it was put back into the fields. */
export const offerAgain = (restored) => {
  if (!form || !person) return;
  const kept = read(key);
  const differs = ([name, text]) => named(name) && text !== stood(name) && !is(named(name), text);
  const fields = Object.fromEntries(Object.entries(kept?.fields ?? {}).filter(differs));
  if (!Object.keys(fields).length) return tried(() => localStorage.removeItem(key));
  offered = { at: kept.at, fields };
  show();
  offer.querySelector("[data-drop]").addEventListener("click", close);
  // Where it is locked meanwhile, it can still be read and copied.
  offer.querySelector("[data-restore]")?.addEventListener("click", () => {
    for (const [name, text] of Object.entries(offered.fields)) put(named(name), text);
    close();
    restored();
  });
};
