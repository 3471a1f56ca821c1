// Choosing is asking: a form that only chooses what is shown is sent at every change.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-on-change]");
  if (form) form.requestSubmit();
});
