// The form that saves by itself: what stands in its fields, what the server keeps, and what of it differs.
export const form = document.querySelector("form#fields");
/** Whether it can be filled in by whoever looks at it, and is not locked. */
export const saves = form?.matches("[data-saves]") ?? false;
export const person = document.body.dataset.person;

/** What the server took although it writes it in another way, by the name of the field. */
const taken = new Map();

/** The same text, however browsers end its lines. */
const plain = (text) => text.replace(/\r\n?/g, "\n").trim();
const same = (one, other) => plain(one) === plain(other);

const typed = (each) => each.name && !["hidden", "submit", "button"].includes(each.type);
export const all = () => [...form.elements].filter(typed);
export const named = (name) => all().find((each) => each.name === name);
const beside = (kind, name) => form.elements[`${kind}.${name}`];
export const value = (field) => (field.type === "checkbox" ? (field.checked ? "x" : "") : field.value);
export const put = (field, text) => {
  if (field.type === "checkbox") field.checked = text === "x";
  else field.value = text;
};
/** What stood in a field when it was last seen as the server keeps it. */
export const stood = (name) => beside("was", name).value;
export const is = (field, text) => same(value(field), text);

/** What of the form the server does not have. */
const isTaken = (field) => taken.has(field.name) && is(field, taken.get(field.name));
export const unsaved = () => (saves ? all().filter((each) => !is(each, stood(each.name)) && !isTaken(each)) : []);

/** What the server keeps in a field now is what whoever goes on typing there has seen. */
export const seen = (name, stands, revision) => {
  beside("was", name).value = stands;
  beside("seen", name).value = revision;
};
/** The server took this text, and keeps it in its own way. */
export const took = (name, text) => taken.set(name, text);
/** A field that nobody types in any more shows what the server made of it. */
export const rest = (field) => {
  if (isTaken(field)) put(field, stood(field.name));
};

/** The form as it is sent; without those fields whose change is not meant to be sent now. */
export const sent = (but) => {
  const body = new URLSearchParams({ csrf: form.elements.csrf.value });
  for (const field of all()) {
    const text = but.has(field.name) ? stood(field.name) : value(field);
    if (field.type !== "checkbox" || text) body.set(field.name, text);
  }
  for (const each of form.querySelectorAll("#revisions input")) body.set(each.name, each.value);
  return body;
};
