// Pages work without this; it only saves a click.

// A list that narrows while one types: the form sends itself after a pause.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-while-typing]");
  if (!form) return;
  clearTimeout(form.pause);
  form.pause = setTimeout(() => form.requestSubmit(), 350);
});

// Choosing is asking: a select that stands alone sends its form.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-on-change]");
  if (form) form.requestSubmit();
});
