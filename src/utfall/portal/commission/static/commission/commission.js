// The editor of rules: a choice that decides which fields there are asks the server for the form anew.

document.addEventListener("change", (event) => {
  const choice = event.target.closest?.("[data-reshape]");
  choice?.form?.dispatchEvent(new CustomEvent("reshape"));
});

// An opened form begins at its first field; one that was asked for anew keeps its place.
document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.detail.elt.querySelector?.("#rule-form");
  if (!form || form.contains(document.activeElement)) return;
  const wrong = form.querySelector("[aria-invalid=true]");
  const added = event.detail.requestConfig?.parameters?.do?.startsWith?.("line:");
  const lines = form.querySelectorAll(".condition-line select");
  (wrong ?? (added ? lines[lines.length - 1] : form.querySelector("input[name=name]")))?.focus();
});
