// Behaviour of the components, each found by a data attribute; nothing stands in a page itself.
import { startCharts } from "./charts.js";
import { startLists } from "./lists.js";
import { startPalette } from "./palette.js";

const words = document.getElementById("words").dataset;

// Notes that arrive by script. The region is live: screen readers hear them.
export function say(text, level = "info") {
  const note = document.createElement("div");
  note.className = `note note-${level}`;
  note.dataset.toast = "";
  const shown = document.createElement("span");
  shown.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "note-close";
  close.dataset.toastClose = "";
  close.ariaLabel = words.close;
  close.textContent = "×";
  note.append(shown, close);
  document.getElementById("toasts").append(note);
  leaveLater(note);
}

// What is wrong stays until it is closed; what went well may go.
function leaveLater(note) {
  if (note.matches(".note-error, .note-warning")) return;
  setTimeout(() => leave(note), 6000);
}

function leave(note) {
  note.classList.add("leaving");
  setTimeout(() => note.remove(), 200);
}

// A question before what cannot be taken back: data-confirm on a button, a link or a form.
const confirmed = new WeakSet();

async function ask(element) {
  const dialog = document.getElementById("confirm");
  const { confirm, confirmMore, confirmAction, confirmDanger } = element.dataset;
  dialog.querySelector("h2").textContent = confirm || words.sure;
  dialog.querySelector("p").textContent = confirmMore || "";
  const go = dialog.querySelector("[value=yes]");
  go.textContent = confirmAction || words.goOn;
  go.classList.toggle("btn-danger", confirmDanger !== undefined);
  go.classList.toggle("btn-primary", confirmDanger === undefined);
  dialog.returnValue = "no";
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  return dialog.returnValue === "yes";
}

document.addEventListener(
  "click",
  async (event) => {
    const asking = event.target.closest("button[data-confirm], a[data-confirm]");
    if (!asking || confirmed.delete(asking)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await ask(asking)) {
      confirmed.add(asking);
      asking.click();
    }
  },
  true,
);

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (!form.matches("form[data-confirm]") || confirmed.delete(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await ask(form)) {
      confirmed.add(form);
      form.requestSubmit(event.submitter);
    }
  },
  true,
);

document.addEventListener("click", async (event) => {
  const close = event.target.closest("[data-toast-close]");
  if (close) leave(close.closest("[data-toast]"));
  const copy = event.target.closest("[data-copy]");
  if (copy) await copyFrom(copy);
});

async function copyFrom(button) {
  const text = button.closest("[data-copy-scope]").querySelector("[data-copy-text]");
  await navigator.clipboard.writeText(text.dataset.copied ?? text.value ?? text.textContent);
  const label = button.querySelector("[data-copy-words]");
  const before = label?.textContent;
  if (label) label.textContent = words.copied;
  else say(words.copied, "success");
  button.classList.add("copied");
  setTimeout(() => {
    button.classList.remove("copied");
    if (label) label.textContent = before;
  }, 1600);
}

// HTMX: a request that fails says so; problems of a form (422) come as its new body and are swapped in.
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (event.detail.xhr.getResponseHeader("HX-Trigger")?.includes('"say"')) return;
  if (status === 401) say(words.signedOut, "error");
  else if (status === 403) say(words.forbidden, "error");
  else say(words.failed, "error");
});
// A page that is being left cuts its requests off; that is no failure.
let leaving = false;
addEventListener("pagehide", () => (leaving = true));
addEventListener("beforeunload", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));
document.addEventListener("htmx:sendError", () => leaving || say(words.offline, "error"));
document.addEventListener("htmx:timeout", () => leaving || say(words.offline, "error"));
document.addEventListener("say", (event) => say(event.detail.words ?? event.detail.value, event.detail.level));

// Bulk selection: a form with data-bulk, a checkbox data-bulk-all, checkboxes data-bulk-one, a bar with data-bulk-bar.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-bulk]");
  if (!form || !event.target.matches("[data-bulk-all], [data-bulk-one]")) return;
  const ones = [...form.querySelectorAll("[data-bulk-one]")];
  const all = form.querySelector("[data-bulk-all]");
  if (event.target === all) for (const one of ones) one.checked = all.checked;
  const count = ones.filter((one) => one.checked).length;
  if (all) {
    all.checked = count === ones.length;
    all.indeterminate = count > 0 && count < ones.length;
  }
  const bar = form.querySelector("[data-bulk-bar]");
  bar.hidden = count === 0;
  bar.querySelector("[data-bulk-count]").textContent = `${count} ${words.selected}`;
});

function startWithin(root) {
  const { Tooltip } = window.bootstrap ?? window.tabler ?? {};
  if (Tooltip)
    for (const one of root.querySelectorAll("[data-bs-toggle=tooltip]")) Tooltip.getOrCreateInstance(one);
  for (const note of root.querySelectorAll("[data-toast]")) leaveLater(note);
  root.querySelector("[data-focus]")?.focus();
  startCharts(root);
  startLists(root, say, words);
}

document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) startWithin(event.detail.elt);
});
startWithin(document);
startPalette();
