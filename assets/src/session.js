// Says before the session ends that it does, and goes on with it when asked.
// Without this everything works, only unsaid.
const place = document.getElementById("session");
const bar = place?.firstElementChild;
const [text, button, link] = bar ? bar.children : [];

/** Minutes before the end from which on it is said. */
const SOON = 5 * 60;
/** Browsers wait no longer than some 24 days. */
const LONGEST = 2 ** 30;
let ends = Date.now() + Number(place?.dataset.left ?? 0) * 1000;
let over = false;
let timer = 0;

const show = (word, seconds = 0) => {
  const said = (place.dataset[word] ?? "").replace("#", String(Math.max(1, Math.ceil(seconds / 60))));
  if (text.textContent !== said) text.textContent = said;
  button.hidden = word !== "soon";
  link.hidden = word !== "over";
  bar.hidden = false;
};

/** The forms of this page go on with a new session of the same person. */
const carry = (csrf) => {
  for (const field of document.querySelectorAll('input[name="csrf"]')) field.value = csrf;
};

const heard = ({ left, most, person, csrf }) => {
  ends = Date.now() + left * 1000;
  if (left <= 0) {
    over = true;
    show("over");
  } else if (String(person) !== place.dataset.person) {
    over = true;
    show("other");
  } else if (over) {
    over = false;
    carry(csrf);
    show("again");
    setTimeout(() => over || (bar.hidden = true), 10_000);
  } else if (left <= SOON) show(most <= left + 1 ? "last" : "soon", left);
  else {
    carry(csrf);
    bar.hidden = true;
  }
};

const wait = () => {
  clearTimeout(timer);
  const left = ends - Date.now();
  const next = over ? 30_000 : left > SOON * 1000 ? left - SOON * 1000 : Math.min(20_000, Math.max(left, 1_000));
  timer = setTimeout(look, Math.min(next + 500, LONGEST));
};

const asked = async (how) => {
  const answer = await fetch("/session", { headers: { accept: "application/json" }, cache: "no-store", ...how });
  if (answer.status === 401) return { left: 0 };
  return answer.ok ? answer.json() : undefined;
};

/** Another window may have gone on with it: the server knows. A line that is broken says nothing. */
async function look(how) {
  try {
    const lasts = await asked(how);
    if (lasts) heard(lasts);
  } catch {
    // Asked again at the next turn.
  }
  wait();
}

if (place && text && button && link) {
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
  button.addEventListener("click", () => {
    const csrf = document.querySelector('input[name="csrf"]')?.value ?? "";
    look({ method: "POST", body: new URLSearchParams({ csrf }) });
  });
  // Timers sleep with the computer and in windows behind others.
  for (const event of ["visibilitychange", "focus"]) {
    addEventListener(event, () => {
      if (!document.hidden && (over || ends - Date.now() <= SOON * 1000)) look();
    });
  }
  wait();
}
