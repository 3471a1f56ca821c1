// What is typed on a sheet is saved field by field. A field is only ever set from the server's answer to this field;
// whatever else comes back leaves it as it is, says that it is not saved and why, and is tried again where that helps.
import { keep, offerAgain } from "./draft.js";
import { all, form, is, named, person, put, rest, saves, seen, sent, stood, took, unsaved, value } from "./fields.js";
import { say, state } from "./said.js";

const PATIENCE = 60_000;
/** Pauses before it is sent again by itself, in seconds; the last one goes on. */
const PAUSES = { line: [3, 6, 12, 30, 60], busy: [5, 10, 20, 40, 60, 120], foreign: [15, 30, 60, 120, 300] };

/** Fields in which somebody else saved something, with what stood here: only who means it saves over that. */
const conflicts = new Map();
/** What is going on, and what is to be sent after it. */
let underway = null;
let wish = null;
let timer;
let tries = 0;
let renewed = false;

/** What is asked about the figures that are saved. */
const asks = () => [...form.querySelectorAll("[data-asks]")].map((each) => each.textContent);

export const isClean = () => !saves || (!underway && unsaved().length === 0);

const later = (word, seconds) => {
  // Many browsers that were refused at once do not come back at once.
  const wait = seconds * (1 + Math.random() / 5);
  clearTimeout(timer);
  timer = setTimeout(() => save(), wait * 1_000);
  say(word, { seconds: Math.ceil(wait) });
};
const pause = (word) => {
  const pauses = PAUSES[word];
  later(word, pauses[Math.min(tries, pauses.length - 1)]);
  tries += 1;
};

const ask = async (address, options = {}) => {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(address, { ...options, signal: stop.signal, cache: "no-store" });
    return { response, page: new DOMParser().parseFromString(await response.text(), "text/html") };
  } finally {
    clearTimeout(clock);
  }
};

/** What one field became, by the server's word. */
const settle = (entry, body) => {
  const { of: name, stands, revision, became } = entry.dataset;
  const field = named(name);
  if (!field) return;
  const rests = field !== document.activeElement || field.type === "checkbox";
  if (became === "kept") {
    const typed = field.type === "checkbox" ? (body.has(name) ? "x" : "") : body.get(name);
    took(name, typed);
    conflicts.delete(name);
    seen(name, stands, revision);
    if (rests && is(field, typed)) put(field, stands);
  } else if (became === "overtaken") {
    seen(name, stands, revision);
    conflicts.set(name, value(field));
  } else if (became === "" && rests && is(field, stood(name))) {
    // What somebody else saved comes into a field that nobody touches here.
    seen(name, stands, revision);
    put(field, stands);
  }
};

const replace = (place, from) => {
  if (!place || !from) return;
  const top = place.scrollTop;
  place.replaceChildren(...from.cloneNode(true).childNodes);
  place.scrollTop = top;
};

const show = (page, became) => {
  for (const id of ["sum", "tree", "result", "history", "saved-at"]) {
    replace(document.getElementById(id), page.getElementById(id));
  }
  for (const place of form.querySelectorAll("[data-said]")) {
    const name = place.dataset.said;
    if (conflicts.has(name) && !became.get(name)) continue;
    replace(place, page.querySelector(`[data-said="${CSS.escape(name)}"]`));
    const [field, other] = [named(name), page.querySelector(`#fields [name="${CSS.escape(name)}"]`)];
    for (const mark of ["aria-invalid", "aria-describedby"]) {
      if (other?.hasAttribute(mark)) field?.setAttribute(mark, other.getAttribute(mark));
      else field?.removeAttribute(mark);
    }
  }
};

const answered = (page, body) => {
  const entries = [...page.querySelectorAll("#revisions [data-of]")];
  const became = new Map(entries.map((entry) => [entry.dataset.of, entry.dataset.became]));
  [tries, renewed] = [0, false];
  entries.forEach((entry) => settle(entry, body));
  show(page, became);
  const asks = conflicts.size > 0 || [...became.values()].some((word) => ["wrong", "overtaken"].includes(word));
  say(unsaved().length === 0 ? "saved" : asks ? "wrong" : "typing");
};

/** Who is signed in now; the token of the page is taken over where that is the same person. */
const renew = async () => {
  const { page } = await ask(location.pathname);
  const now = page.body.dataset.person;
  const token = page.querySelector("input[name=csrf]")?.value;
  if (now !== person || !token) return now ? "another" : "over";
  for (const each of document.querySelectorAll("input[name=csrf]")) each.value = token;
  return "same";
};

/** What is no answer to what was sent. */
const failed = async ({ response, page }) => {
  const why = page.getElementById("why")?.textContent;
  const at = new URL(response.url || location.href).pathname;
  if (response.status === 401 || at.startsWith("/sign-in") || at.startsWith("/account")) return say("over");
  if (response.status === 413) return say("large");
  if (response.status === 429) return later("fast", Math.min(Number(response.headers.get("retry-after")) || 10, 300));
  if (response.status >= 500) return pause("busy");
  if (response.status === 400 && !renewed) {
    renewed = true;
    const who = await renew();
    return who === "same" ? void (wish ??= {}) : say(who);
  }
  if (response.status === 400) return say("old");
  if (why) return say("refused", { why });
  if (response.status === 403) return say("refused", { why: document.getElementById("unsaved").dataset.right });
  return pause("foreign");
};

const send = async ({ knowing }) => {
  const meant = (name) => knowing || !is(named(name), conflicts.get(name));
  const body = sent(new Set([...conflicts.keys()].filter((name) => !meant(name))));
  say("sending");
  try {
    // The server answers a script in place of leading it to another page.
    const answer = await ask(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
    if (answer.page.querySelector("#revisions[data-answers]")) answered(answer.page, body);
    else await failed(answer);
  } catch {
    pause("line");
  }
  keep();
};

const drain = async () => {
  for (let turn = 0; wish; turn += 1) {
    const meant = wish;
    wish = null;
    if (turn === 0 || meant.knowing || unsaved().length) await send(meant);
  }
};

/** Saves what the server does not have; one request at a time, the next with what came meanwhile. */
export const save = (options = {}) => {
  clearTimeout(timer);
  wish = { ...wish, ...options };
  underway ??= drain().finally(() => (underway = null));
  return underway;
};

/** Saves what is left; says whether the server has everything now. */
export const settled = async () => {
  document.activeElement?.blur();
  await new Promise((go) => setTimeout(go));
  if (!isClean()) await save();
  return isClean();
};

const wake = async () => {
  if (underway || !["over", "another"].includes(state())) return;
  const who = await renew().catch(() => "over");
  if (who === "same") await save();
  else say(who);
};

if (form) offerAgain(() => say("putBack"));
if (saves) {
  form.addEventListener("input", () => {
    if (isClean()) say("saved");
    else if (["saved", "typing"].includes(state())) say("typing");
    keep();
  });
  form.addEventListener("change", () => {
    // Whoever was asked to wait is not asked again by the next field.
    if (unsaved().length && state() !== "fast") save();
  });
  form.addEventListener("focusout", (event) => event.target.name && rest(event.target));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const by = event.submitter;
    const next = by?.name === "next" && document.querySelector('main a[rel="next"]');
    const asked = new Set(asks());
    // Enter in one field says nothing about what somebody else saved in another.
    await save({ knowing: by?.name !== "enter" });
    // Whoever is asked about a figure that was just saved sees it first, and goes on the next time.
    if (next && isClean() && asks().every((each) => asked.has(each))) location.assign(next.href);
  });
  form.addEventListener("click", (event) => {
    const theirs = event.target.closest("[data-theirs]");
    if (!theirs) return;
    event.preventDefault();
    const place = theirs.closest("[data-said]");
    conflicts.delete(place.dataset.said);
    put(named(place.dataset.said), stood(place.dataset.said));
    place.replaceChildren();
    say(isClean() ? "saved" : "wrong");
    keep();
  });
  addEventListener("online", () => state() === "line" && save());
  addEventListener("focus", wake);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  // A browser that goes back may have put something into the fields itself.
  addEventListener("pageshow", () => all().length && !isClean() && state() === "saved" && say("typing"));
}

// Whoever signs in in one tab is told to those that wait for it.
if ("BroadcastChannel" in window) {
  const channel = new BroadcastChannel("parindex");
  channel.addEventListener("message", wake);
  if (person) channel.postMessage("signed in");
}
