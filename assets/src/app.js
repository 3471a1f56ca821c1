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
const revisions = () => [...document.querySelectorAll("#revisions [data-of]")];
document.addEventListener("htmx:before:swap", () => {
  seen = Object.fromEntries(revisions().map((hidden) => [hidden.dataset.of, hidden.value]));
});
document.addEventListener("htmx:after:swap", () => {
  for (const hidden of revisions()) {
    const field = document.getElementById("fields")?.elements[hidden.dataset.of];
    if (!field) continue;
    const untouched = "defaultValue" in field && field.value === field.defaultValue;
    if (field.value === hidden.dataset.value || untouched) field.value = field.defaultValue = hidden.dataset.value;
    else hidden.value = seen[hidden.dataset.of] ?? hidden.value;
  }
});

// Alt with an arrow goes to what stands before or after, Ctrl with Enter sends the decision.
document.addEventListener("keydown", (event) => {
  const to = { ArrowUp: "prev", ArrowDown: "next" }[event.key];
  if (event.altKey && to) {
    const link = document.querySelector(`main a[rel="${to}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
  }
  const form = event.ctrlKey && event.key === "Enter" ? event.target.closest("form[data-keys]") : null;
  if (form) form.requestSubmit();
});
