// Days are typed as text, the same in every browser; digits alone get their strokes on leaving the field.
// A calendar can be opened beside it.
const DAY = /^\s*(\d{2})(\d{2})(\d{4})\s*$/;
const MOMENT = /^\s*(\d{2})(\d{2})(\d{4})(\d{2})(\d{2})\s*$/;

// Before those that save: what they send is what stands there.
document.addEventListener(
  "change",
  (event) => {
    const field = event.target;
    if (field.matches("[data-day]")) field.value = field.value.replace(DAY, "$1/$2/$3");
    if (field.matches("[data-moment]")) field.value = field.value.replace(MOMENT, "$1/$2/$3 $4:$5");
  },
  { capture: true },
);

const calendar = (button) => {
  const field = button.parentElement.querySelector("[data-day], [data-moment]");
  if (field.readOnly || !("showPicker" in HTMLInputElement.prototype)) return;
  const native = document.createElement("input");
  Object.assign(native, { type: "date", tabIndex: -1, className: "native" });
  native.setAttribute("aria-hidden", "true");
  button.before(native);
  button.hidden = false;
  button.addEventListener("click", () => {
    const typed = field.value.match(/(\d{1,2})\/(\d{1,2})\/(\d{4})/);
    native.value = typed ? `${typed[3]}-${typed[2].padStart(2, "0")}-${typed[1].padStart(2, "0")}` : "";
    native.showPicker();
  });
  native.addEventListener("input", (event) => event.stopPropagation());
  native.addEventListener("change", (event) => {
    event.stopPropagation();
    if (!native.value) return;
    const [year, month, day] = native.value.split("-");
    const time = field.value.match(/\d{1,2}:\d{2}/)?.[0] ?? "";
    field.value = `${day}/${month}/${year}${field.matches("[data-moment]") ? ` ${time}` : ""}`;
    field.focus();
    // A moment still needs its time, which is typed; a day is done.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (field.matches("[data-day]")) field.dispatchEvent(new Event("change", { bubbles: true }));
  });
};
document.querySelectorAll("button.pick").forEach(calendar);
