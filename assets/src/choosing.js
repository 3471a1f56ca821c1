// Choosing is asking: a form that only chooses what is shown is sent at every change.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-on-change]");
  if (form) form.requestSubmit();
});

// Typing what a choice asks for is choosing it: points that are typed are an adjustment.
document.addEventListener("input", (event) => {
  const choice = event.target.closest(".choices label")?.querySelector("input[type=radio]");
  if (choice && choice !== event.target && event.target.value.trim()) choice.checked = true;
});
