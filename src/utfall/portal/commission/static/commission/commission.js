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
  const asked = event.detail.requestConfig?.parameters?.do ?? "";
  const lines = form.querySelectorAll(".condition-line select");
  const added = asked.startsWith?.("line:") ? lines[lines.length - 1]
    : asked === "step" ? form.querySelector(".steps-table tbody tr:last-child input")
    : asked.startsWith?.("drop:") ? form.querySelector("button[value=step]") : null;
  (wrong ?? added ?? form.querySelector("input[name=name]"))?.focus();
});
