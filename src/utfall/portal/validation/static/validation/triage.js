// Deciding with the keyboard: j and k go through the rows, a approves, d declines, x picks.

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
    d: () => rows[here]?.querySelector("[data-decline]")?.click(),
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
