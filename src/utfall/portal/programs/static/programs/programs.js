// Small behaviour of the wizard: words that follow a choice, fields that belong to one.
function follow(root) {
  for (const chosen of root.querySelectorAll("[data-outcome]:checked")) say(root, chosen.dataset.outcome);
  for (const chosen of root.querySelectorAll("[data-shows]:checked")) reveal(root, chosen.dataset.shows);
}

function say(root, words) {
  for (const place of root.querySelectorAll("[data-many]")) place.textContent = words;
}

function reveal(root, shown) {
  for (const part of root.querySelectorAll("[data-shown]")) part.hidden = part.dataset.shown !== shown;
}

document.addEventListener("change", (event) => {
  const { outcome, shows } = event.target.dataset;
  if (outcome) say(document, outcome);
  if (shows) reveal(document, shows);
});

document.addEventListener("htmx:load", (event) => follow(event.detail.elt));
follow(document);
