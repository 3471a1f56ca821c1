// Near the end of what a field takes it says how much is left, and past it how much is too much: nothing is cut.
const count = (field) => {
  const most = Number(field.dataset.most);
  const left = most - [...field.value.normalize("NFC").replace(/\r\n?/g, "\n").trim()].length;
  let line = field.parentElement.querySelector(":scope > .left");
  if (left > most / 10) return line?.remove();
  if (!line) {
    line = document.createElement("p");
    line.className = "hint left";
    field.after(line);
  }
  line.classList.toggle("over", left < 0);
  line.textContent = document.body.dataset[left < 0 ? "over" : "left"].replace("{n}", Math.abs(left));
};
document.addEventListener("input", (event) => event.target.matches("[data-most]") && count(event.target));
document.querySelectorAll("[data-most]").forEach(count);
