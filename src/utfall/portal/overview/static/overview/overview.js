// The overview: the form that asks by itself, the chart over time, and what is read anew while the page is looked at.

const EVERY_MS = 4000;
const form = document.querySelector("[data-asked]");
const plot = document.getElementById("series");
const pulse = document.querySelector("[data-pulse]");
document.documentElement.classList.add("has-script");

// What is chosen is asked at once; days of one's own wait until both are there.
document.addEventListener("change", (event) => {
  if (event.target.form !== form) return;
  const own = form.elements.days.value === "custom";
  form.querySelector("[data-own]").hidden = !own;
  if (own && event.target.name === "days") return form.elements.from.focus();
  if (own && !(form.elements.from.value && form.elements.to.value)) return;
  form.requestSubmit();
});
form?.addEventListener("submit", () => {
  const own = form.elements.days.value === "custom";
  for (const one of [...form.elements]) if (one.name && (!one.value || (!own && ["from", "to"].includes(one.name)))) one.disabled = true;
  // A page that is come back to by the back button can be asked again.
  setTimeout(() => { for (const one of form.elements) one.disabled = false; }, 0);
});

// Read anew every few seconds, unless nobody looks or an explanation is open.
if (pulse) {
  setInterval(() => {
    if (document.visibilityState !== "visible" || document.querySelector(".about:popover-open")) return;
    window.htmx?.trigger(pulse, "overview-pulse");
  }, EVERY_MS);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") window.htmx?.trigger(pulse, "overview-pulse");
  });
  pulse.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters.seen = document.getElementById("series-live").dataset.mark;
  });
  // A pulse that fails is seen by its light; nobody is told every four seconds.
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"])
    pulse.addEventListener(name, (event) => { event.stopPropagation(); pulse.classList.add("is-off"); });
  pulse.addEventListener("htmx:afterRequest", (event) => event.detail.successful && pulse.classList.remove("is-off"));
}

// What is put in place keeps what was open and where one stood.
let opened = [], standing = "";
document.addEventListener("htmx:oobBeforeSwap", () => {
  opened = [...document.querySelectorAll("main details[open][id]")].map((one) => one.id);
  standing = document.activeElement?.id || standing;
});
document.addEventListener("htmx:oobAfterSwap", (event) => {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (standing && document.activeElement === document.body) document.getElementById(standing)?.focus({ preventScroll: true });
  if (event.detail.target?.id === "series-live" || document.getElementById("series-live")?.dataset.mark !== drawnMark) draw();
});

// The chart.
let chart, drawnMark;

function load() {
  if (window.echarts) return Promise.resolve();
  return new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.echarts;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
}

const data = () => JSON.parse(document.getElementById("series-data").textContent);

function colour(name, alpha = 1) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  plot.append(probe);
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = getComputedStyle(probe).color;
  probe.remove();
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha})`;
}

function draw(anew = false) {
  const live = document.getElementById("series-live");
  if (!chart || !live) return;
  drawnMark = live.dataset.mark;
  chart.setOption(option(data(), anew), anew ? { notMerge: true } : { lazyUpdate: false });
}

function option(found, anew) {
  const two = found.lines.length > 1 && (found.lines[0].unit !== found.lines[1].unit || areFarApart(found.lines));
  const told = {
    animationDuration: 250,
    animationDurationUpdate: 300,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colour("ink-soft") },
    legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: colour("ink-soft") },
      data: found.lines.map((one) => one.name) },
    grid: { left: 4, right: two ? 4 : 12, top: 40, bottom: found.labels.length > 14 ? 44 : 6, containLabel: true },
    tooltip: { trigger: "axis", backgroundColor: colour("raised"), borderColor: colour("line"), confine: true,
      textStyle: { color: colour("ink"), fontSize: 13 }, formatter: (rows) => hover(found, rows[0]?.dataIndex ?? 0) },
    xAxis: { type: "category", data: found.labels.map((_label, place) => place), boundaryGap: false,
      axisLine: { lineStyle: { color: colour("line-strong") } }, axisTick: { show: false },
      axisLabel: { color: colour("ink-soft"), hideOverlap: true, formatter: (place) => found.labels[place] } },
    yAxis: (two ? found.lines : found.lines.slice(0, 1)).map((one, place) => axis(found, one, place)),
    series: found.lines.flatMap((one, line) => drawn(one, two ? line : 0)),
  };
  if (anew) told.dataZoom = zooms(found);
  return told;
}

// Of one unit, but one of them so much smaller that along the same axis it would lie on the ground.
function areFarApart(lines) {
  const [one, other] = lines.map((each) => Math.max(0, ...each.values.map((value) => Math.abs(value ?? 0))));
  return one > 0 && other > 0 && Math.max(one / other, other / one) > 8;
}

function axis(found, one, place) {
  const short = new Intl.NumberFormat(found.locale, { notation: "compact", maximumFractionDigits: 1 });
  const unit = one.unit === "money" ? ` ${found.currency}` : one.unit === "ratio" && !one.times ? " %" : "";
  return { type: "value", alignTicks: place > 0, min: one.unit === "ratio" ? null : undefined, splitNumber: 4,
    splitLine: { show: place === 0, lineStyle: { color: colour("line") } },
    axisLabel: { color: colour("ink-soft"), formatter: (value) => `${short.format(value)}${unit}` } };
}

// A value between two gaps has no line to be seen by, so it is a dot.
function dotted(values) {
  return values.map((value, place) => {
    const alone = value != null && values[place - 1] == null && values[place + 1] == null;
    return { value, symbol: alone ? "circle" : "none", symbolSize: 6 };
  });
}

function drawn(one, axisAt) {
  const ink = colour(`hue-${one.hue}`);
  const line = { name: one.name, type: "line", yAxisIndex: axisAt, data: dotted(one.values), connectNulls: false, smooth: 0.15,
    showSymbol: true, color: ink, lineStyle: { width: 2.25, color: ink }, emphasis: { focus: "none" },
    areaStyle: axisAt === 0 ? { opacity: 0.06 } : undefined, z: 3 };
  const before = { name: `${one.name} · ${plot.dataset.before}`, type: "line", yAxisIndex: axisAt, silent: true, z: 2,
    data: dotted(one.before.slice(0, one.values.length)), connectNulls: false, smooth: 0.15, showSymbol: true,
    color: ink, lineStyle: { width: 1.5, type: [4, 4], color: ink, opacity: 0.42 } };
  return one.before.length ? [line, before] : [line];
}

function zooms(found) {
  const inside = { type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false };
  if (found.labels.length <= 14) return [inside];
  return [inside, { type: "slider", height: 20, bottom: 4, borderColor: "transparent", backgroundColor: colour("sunken"),
    fillerColor: colour("fjord", 0.14), dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
    selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } }, handleStyle: { color: colour("fjord"), borderColor: colour("fjord") },
    moveHandleSize: 0, showDetail: false, brushSelect: true }];
}

function hover(found, place) {
  const text = (value) => window.echarts.format.encodeHTML(String(value));
  const rows = found.lines.map((one) => {
    const before = one.shownBefore[place] === undefined ? "" :
      `<div class="text-secondary">${text(plot.dataset.before)}${found.before[place] ? ` (${text(found.before[place])})` : ""}: ${text(one.shownBefore[place])}</div>`;
    return `<div><b>${text(one.name)}: ${text(one.shown[place])}</b>${before}</div>`;
  });
  return `<div>${text(found.labels[place])}</div>${rows.join("")}`;
}

function csv(found) {
  // A cell that begins like a formula is quoted as text, so that no spreadsheet runs it.
  const cell = (value) => {
    const text = typeof value === "string" && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value ?? "");
    return `"${text.replaceAll('"', '""')}"`;
  };
  const compared = found.before.length > 0;
  const head = ["", ...found.lines.flatMap((one) => (compared ? [one.name, `${one.name} (${plot.dataset.before})`] : [one.name]))];
  const rows = found.labels.map((label, place) => [label,
    ...found.lines.flatMap((one) => (compared ? [one.values[place], one.before[place]] : [one.values[place]]))]);
  return "\ufeff" + [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-series]");
  if (!button || !chart) return;
  const name = data().lines.map((one) => one.name).join(" + ");
  if (button.dataset.series === "png") save(chart.getDataURL({ pixelRatio: 2, backgroundColor: colour("surface") }), `${name}.png`);
  if (button.dataset.series === "csv") save(URL.createObjectURL(new Blob([csv(data())], { type: "text/csv" })), `${name}.csv`);
  if (button.dataset.series === "whole") chart.dispatchAction({ type: "dataZoom", start: 0, end: 100 });
});

if (plot) {
  await load();
  chart = window.echarts.init(plot, null, { renderer: "canvas" });
  draw(true);
  plot.chart = chart;
  const whole = document.querySelector("[data-series=whole]");
  chart.on("datazoom", () => {
    const [zoom] = chart.getOption().dataZoom;
    whole.hidden = zoom.start <= 0 && zoom.end >= 100;
  });
  // A point leads to who brought what that day. On a touch screen a tap shows its numbers; the table leads there.
  if (matchMedia("(hover: hover)").matches) {
    const way = (event) => {
      const at = [event.offsetX, event.offsetY];
      return chart.containPixel("grid", at) ? data().ways[chart.convertFromPixel({ gridIndex: 0 }, at)[0]] : "";
    };
    chart.getZr().on("mousemove", (event) => chart.getZr().setCursorStyle(way(event) ? "pointer" : "default"));
    chart.getZr().on("click", (event) => { const to = way(event); if (to) location.assign(to); });
  }
  new ResizeObserver(() => chart.resize()).observe(plot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(true));
}
