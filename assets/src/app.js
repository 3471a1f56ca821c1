// Pages work without this; it only saves a click.

// Choosing is asking: a select that stands alone sends its form.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-on-change]");
  if (form) form.requestSubmit();
});
