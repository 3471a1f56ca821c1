// Pages work without this; it only saves a click.
import "htmx.org";

// Choosing is asking: a select that stands alone sends its form.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-on-change]");
  if (form) form.requestSubmit();
});

// What could not be saved by itself is said where it would say that it was.
document.addEventListener("htmx:error", () => {
  const saved = document.getElementById("saved");
  if (saved) saved.textContent = saved.dataset.failed;
});

// What others saved meanwhile comes into fields that nobody touches here. A field with something else in it
// keeps its revision, so that saving it tells what somebody else saved.
let seen = {};
let sent = {};
document.addEventListener("htmx:before:request", () => {
  const fields = document.getElementById("fields");
  if (fields) sent = Object.fromEntries(new FormData(fields));
});
const revisions = () => [...document.querySelectorAll("#revisions [data-of]")];
document.addEventListener("htmx:before:swap", () => {
  seen = Object.fromEntries(revisions().map((hidden) => [hidden.dataset.of, hidden.value]));
});
document.addEventListener("htmx:after:swap", () => {
  for (const hidden of revisions()) {
    const field = document.getElementById("fields")?.elements[hidden.dataset.of];
    if (!field) continue;
    const untouched = "defaultValue" in field && field.value === field.defaultValue;
    // The server may write a value in another way than it was typed: what was sent and not touched since is what it kept.
    const kept = field.value === sent[hidden.dataset.of];
    if (field.value === hidden.dataset.value || untouched || kept) field.value = field.defaultValue = hidden.dataset.value;
    else hidden.value = seen[hidden.dataset.of] ?? hidden.value;
  }
});

// Whoever leaves a sheet while a value is on its way waits for it. What is refused is said at its field; a second try leaves.
let onTheirWay = 0;
document.addEventListener("htmx:before:request", () => (onTheirWay += 1));
document.addEventListener("htmx:finally:request", () => (onTheirWay -= 1));
const typed = () => {
  const fields = document.getElementById("fields")?.elements ?? [];
  return [...fields].some((field) => ["text", "date", "textarea"].includes(field.type) && field.value !== field.defaultValue);
};
// Who types on while a leaving waits has changed his mind.
let strokes = 0;
document.addEventListener("input", () => (strokes += 1));
/** Waits for the answer and for what it changes on the page; says whether everything was taken. */
const settled = async () => {
  const before = strokes;
  document.activeElement?.blur();
  const waits = (turn) => turn < 2 || (onTheirWay > 0 && turn < 60) || (typed() && turn < 12);
  for (let turn = 0; waits(turn); turn += 1) await new Promise((go) => setTimeout(go, 50));
  return strokes === before && !typed() && !document.querySelector("#fields .wrong");
};
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.target || link.dataset.asked) return;
  if (!typed() && onTheirWay === 0) return;
  event.preventDefault();
  if (await settled()) location.assign(link.href);
  else link.dataset.asked = "yes";
});

// Alt with an arrow goes to what stands before or after, Ctrl with Enter sends the decision, from wherever nothing else is written.
document.addEventListener("keydown", (event) => {
  const to = { ArrowUp: "prev", ArrowDown: "next" }[event.key];
  const opens = event.key === "ArrowDown" && event.target.matches("select, input[type^=date]");
  if (event.altKey && to && !opens) {
    const link = document.querySelector(`main a[rel="${to}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  }
  if (!event.ctrlKey || event.key !== "Enter") return;
  const form = event.target.closest("form") ?? document.querySelector("form[data-keys]");
  if (form?.matches("[data-keys]")) form.requestSubmit();
});
