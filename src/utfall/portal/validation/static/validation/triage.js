// Deciding with the keyboard: j and k go through the rows, a approves, x picks, d declines; then 1 to 9 choose the
// reason and Enter says so.

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
  const rows = [...document.querySelectorAll("[data-triage] tr[data-order]")];
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement?.closest("tr[data-order]"));
  const act = {
    j: () => rows[Math.min(here + 1, rows.length - 1)].focus(),
    k: () => rows[Math.max(here - 1, 0)].focus(),
    a: () => approve(rows, here),
    d: () => decline(rows[here]),
    x: () => rows[here]?.querySelector("[data-bulk-one]")?.click(),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function approve(rows, here) {
  const button = rows[here]?.querySelector("[data-approve]");
  if (!button) return;
  button.click();
  rows[Math.min(here + 1, rows.length - 1)].focus();
}

const asking = document.getElementById("declining");

function decline(row) {
  if (!row || !asking) return;
  const form = asking.querySelector("form");
  form.reset();
  form.elements.order.value = row.dataset.order;
  form.setAttribute("hx-target", `#decide-${row.dataset.order}`);
  asking.querySelector("[data-declining-name]").textContent = row.querySelector("[data-name]").dataset.name;
  asking.showModal();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-declining-close]")) return asking.close();
  const link = event.target.closest("[data-decline]");
  if (!link || !asking || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  decline(link.closest("tr[data-order]"));
});

asking?.addEventListener("keydown", (event) => {
  if (event.target.matches("textarea") && event.key !== "Enter") return;
  if (event.key === "Enter" && !event.shiftKey && event.target.matches("textarea")) {
    event.preventDefault();
    asking.querySelector("form").requestSubmit();
    return;
  }
  const choices = asking.querySelectorAll("[name=reason]");
  const chosen = choices[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.checked = true;
  asking.querySelector("textarea").focus();
});

asking?.addEventListener("htmx:beforeRequest", () => {
  const order = asking.querySelector("form").elements.order.value;
  asking.close();
  const rows = [...document.querySelectorAll("[data-triage] tr[data-order]")];
  const here = rows.findIndex((row) => row.dataset.order === order);
  rows[Math.min(here + 1, rows.length - 1)]?.focus();
});
