// Alt with an arrow goes to what stands before or after, Ctrl with Enter sends the decision.
document.addEventListener("keydown", (event) => {
  const to = { ArrowUp: "prev", ArrowDown: "next" }[event.key];
  const opens = event.key === "ArrowDown" && event.target.matches("select");
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
