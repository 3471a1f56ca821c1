// An answer that does not hold what was asked for changes nothing: the session may be over, or a proxy speaks.
const say = (element) => {
  const place = document.getElementById(element.dataset.unansweredAt);
  if (!place) return;
  const line = document.createElement("p");
  line.className = "wrong";
  line.setAttribute("role", "alert");
  line.textContent = element.dataset.unanswered;
  place.querySelector(":scope > p.wrong[role=alert]")?.remove();
  place.append(line);
};

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const wanted = ctx.select ?? ctx.selectOOB?.split(",")[0];
  if (!wanted || new DOMParser().parseFromString(ctx.text, "text/html").querySelector(wanted)) return;
  event.preventDefault();
  say(ctx.sourceElement);
});
document.addEventListener("htmx:error", (event) => {
  const element = event.detail.ctx?.sourceElement;
  if (element) say(element);
});
