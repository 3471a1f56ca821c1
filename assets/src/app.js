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
