// The builder hides the dates that a preset makes needless, sends no empty field, and lets one zoom into a chart.

function startBuilder(form) {
  const days = form.querySelector("[data-report-days]");
  const custom = form.querySelector("[data-report-custom]");
  const follow = () => { custom.hidden = days.value !== "custom"; };
  days.addEventListener("change", follow);
  follow();
  form.addEventListener("submit", () => {
    for (const field of form.querySelectorAll("select, input")) {
      const alone = field.name !== "is" && field.name !== "where";
      if (alone && !field.value) field.disabled = true;
    }
    for (const pair of form.querySelectorAll(".report-filter")) {
      const [name, text] = pair.querySelectorAll("select, input");
      name.disabled = text.disabled = !name.value || !text.value.trim();
    }
  });
}

function startZoom(place, tries = 40) {
  const figure = place.querySelector("[data-chart]");
  if (!figure?.chart) {
    if (tries) setTimeout(() => startZoom(place, tries - 1), 250);
    return;
  }
  figure.chart.setOption({ dataZoom: [{ type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false }] });
}

for (const form of document.querySelectorAll("[data-report-builder]")) startBuilder(form);
for (const place of document.querySelectorAll("[data-report-chart]")) startZoom(place);
