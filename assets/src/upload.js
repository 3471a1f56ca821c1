// Large files go part by part, so that a broken line costs a part and not the file.
// Without this the form sends them whole.
import { Upload } from "tus-js-client";

const SMALL = 2 * 2 ** 20; // goes with the form at once
const PART = 8 * 2 ** 20;
const LARGEST = 2 * 2 ** 30;
const MOST = 20; // of one form

/** Sends one file; the answer is the name of its upload. */
const send = (file, { token, sheet }, told) =>
  new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: "/uploads",
      chunkSize: PART,
      // Half an hour of waiting in all; after that the file can be chosen again, and goes on.
      retryDelays: [500, 2_000, 5_000, 10_000, 20_000, ...Array(60).fill(30_000)],
      headers: { "x-csrf": token },
      metadata: { filename: file.name, sheet },
      onProgress: (sent, all) => told.going(sent, all),
      // A server that is busy or restarts has not forgotten the file: asked again, not begun anew.
      onAfterResponse: (request, response) => {
        const status = response.getStatus();
        if (request.getMethod() === "HEAD" && (status === 429 || status >= 500)) throw new Error(`status ${status}`);
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        const begins = error.originalRequest?.getMethod() === "POST";
        const again = status === 0 || (status === 409 && !begins) || status === 429 || status >= 500;
        if (again) told.broken();
        return again;
      },
      onError: reject,
      onSuccess: () => resolve(upload.url.split("/").pop()),
    });
    upload.findPreviousUploads().then(([before]) => {
      if (before) upload.resumeFromPreviousUpload(before);
      upload.start();
    });
  });

/** What to say when a file is not taken. */
const why = (shown, error) => {
  const response = error?.originalResponse;
  if (response?.getStatus() === 413) return shown.dataset.large;
  // The page that would have come says why: that no room is left, for instance.
  if (response?.getStatus() === 409) {
    const page = new DOMParser().parseFromString(response.getBody() ?? "", "text/html");
    return page.querySelector("main section p")?.textContent || shown.dataset.failed;
  }
  // Whoever is no longer signed in is answered with the sign-in form.
  if (response && (response.getStatus() < 300 || response.getStatus() === 401)) return shown.dataset.signIn;
  return shown.dataset.failed;
};

/** Whether a file has one of the endings that the field names; what is dropped has not been asked. */
const taken = (form, file) => {
  const endings = form.elements.file.accept.split(",");
  return endings.some((ending) => file.name.toLowerCase().endsWith(ending));
};

const sendAll = async (form, files) => {
  const shown = form.querySelector(".sending");
  const [bar, words] = [shown.querySelector("progress"), shown.querySelector("[role=status]")];
  const button = form.querySelector("button:not([type=button])");
  shown.hidden = false;
  if (files.length > MOST || files.some((file) => file.size > LARGEST)) {
    words.textContent = files.length > MOST ? shown.dataset.many : shown.dataset.large;
    return;
  }
  if (!files.every((file) => taken(form, file))) {
    words.textContent = shown.dataset.kind;
    return;
  }
  button.disabled = true;
  let before = 0;
  const all = files.reduce((sum, file) => sum + file.size, 0);
  const told = {
    going: (sent) => {
      bar.value = (before + sent) / all;
      words.textContent = `${shown.dataset.going}: ${Math.floor(bar.value * 100)} %`;
    },
    broken: () => (words.textContent = shown.dataset.broken),
  };
  try {
    const names = [];
    // Where the documents are to stand: /sheets/9/1.1.2/evidence
    const to = { token: form.elements.csrf.value, sheet: new URL(form.action).pathname.split("/")[2] };
    for (const file of files) {
      names.push(await send(file, to, told));
      before += file.size;
    }
    const arrived = document.createElement("input");
    Object.assign(arrived, { type: "hidden", name: "upload", value: names.join(" ") });
    form.append(arrived);
    form.elements.file.disabled = true;
    form.submit();
  } catch (error) {
    words.textContent = why(shown, error);
    button.disabled = false;
  }
};

for (const form of document.querySelectorAll("form[data-uploads]")) {
  form.addEventListener("submit", (event) => {
    const files = [...form.elements.file.files];
    if (files.length <= MOST && !files.some((file) => file.size > SMALL)) return;
    event.preventDefault();
    sendAll(form, files);
  });
  // Dropped anywhere on the form.
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("dropping");
  });
  form.addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("dropping");
    if (event.dataTransfer.files.length) form.elements.file.files = event.dataTransfer.files;
  });
}
