// Charts: <figure data-chart> with its data as JSON; ECharts is loaded when the first chart is near.

let loading;

function load() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.echarts;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

export function startCharts(root) {
  for (const figure of root.querySelectorAll("[data-chart]")) {
    if (figure.dataset.started) continue;
    figure.dataset.started = "yes";
    const data = JSON.parse(figure.querySelector("[data-chart-data]").textContent);
    new IntersectionObserver((seen, watcher) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      watcher.disconnect();
      start(figure, data);
    }, { rootMargin: "200px" }).observe(figure);
    figure.addEventListener("click", (event) => act(event, figure, data));
  }
}

// A colour of the tokens as the canvas understands it, in the theme that is on.
function colour(name, element) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  element.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return plain(found);
}

function plain(text) {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${alpha / 255})`;
}

async function start(figure, data) {
  await load();
  const place = figure.querySelector(".chart-canvas");
  const chart = window.echarts.init(place, null, { renderer: "canvas" });
  const draw = () => chart.setOption(option(data, (name) => colour(name, figure)), true);
  draw();
  figure.chart = chart;
  new ResizeObserver(() => chart.resize()).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

function option(data, of) {
  const numbers = new Intl.NumberFormat(data.locale);
  const short = new Intl.NumberFormat(data.locale, { notation: "compact" });
  const said = (value, line, place) =>
    data.shown?.[line]?.[place] ?? (value == null ? "–" : `${numbers.format(value)} ${data.unit}`.trim());
  const shared = {
    animationDuration: 250,
    color: ["fjord", "cloudberry", "news", "good", "bad", "calm"].map(of),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: of("ink-soft") },
    aria: { enabled: true },
    legend: { show: data.series.length > 1 || data.kind === "pie", top: 0, right: 0, icon: "roundRect", itemWidth: 10,
      itemHeight: 10, textStyle: { color: of("ink-soft") } },
    tooltip: {
      trigger: data.kind === "pie" ? "item" : "axis",
      backgroundColor: of("raised"),
      borderColor: of("line"),
      textStyle: { color: of("ink"), fontSize: 13 },
      valueFormatter: (value) => (value == null ? "–" : `${numbers.format(value)} ${data.unit}`.trim()),
    },
  };
  if (data.kind === "pie") return { ...shared, series: [slices(data, of)] };
  return {
    ...shared,
    grid: { left: 4, right: 8, top: data.series.length > 1 ? 34 : 12, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: data.labels, boundaryGap: ["bar", "stacked"].includes(data.kind),
      axisLine: { lineStyle: { color: of("line-strong") } }, axisTick: { show: false },
      axisLabel: { color: of("ink-soft"), hideOverlap: true } },
    yAxis: { type: "value", splitLine: { lineStyle: { color: of("line") } },
      axisLabel: { color: of("ink-soft"), formatter: (value) => short.format(value) } },
    series: data.series.map((one, line) => drawn(data, one, line, of, said)),
  };
}

function drawn(data, one, line, of, said) {
  const bars = data.kind === "bar" || data.kind === "stacked";
  return {
    name: one.name,
    type: bars ? "bar" : "line",
    stack: data.kind === "stacked" ? "all" : undefined,
    data: one.values,
    tooltip: data.shown?.length ? { valueFormatter: (value, place) => said(value, line, place) } : undefined,
    barMaxWidth: 36,
    itemStyle: bars && data.kind === "bar" ? { borderRadius: [3, 3, 0, 0] } : undefined,
    showSymbol: false,
    smooth: 0.15,
    lineStyle: { width: 2 },
    areaStyle: data.kind === "area" ? { opacity: 0.1 } : undefined,
    markLine: line === 0 && data.annotations.length
      ? { symbol: "none", silent: true, lineStyle: { color: of("ink-faint"), type: "dashed" },
          data: data.annotations.map(([label, text]) => ({ xAxis: label, label: { formatter: text, color: of("ink-soft") } })) }
      : undefined,
  };
}

function slices(data, of) {
  const values = data.series[0].values;
  return {
    type: "pie",
    radius: ["52%", "78%"],
    itemStyle: { borderColor: of("surface"), borderWidth: 2 },
    label: { color: of("ink-soft") },
    data: data.labels.map((name, place) => ({ name, value: values[place] })),
  };
}

function act(event, figure, data) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.chartTable !== undefined) {
    const hidden = figure.querySelector(".chart-table").classList.toggle("visually-hidden");
    button.setAttribute("aria-expanded", String(!hidden));
  } else if (button.dataset.chartPng !== undefined && figure.chart) {
    const picture = figure.chart.getDataURL({ pixelRatio: 2, backgroundColor: colour("surface", figure) });
    save(picture, `${data.title}.png`);
  } else if (button.dataset.chartCsv !== undefined) {
    save(URL.createObjectURL(new Blob([csv(data)], { type: "text/csv" })), `${data.title}.csv`);
  }
}

function csv(data) {
  // A cell that begins like a formula is quoted as text, so that no spreadsheet runs it.
  const cell = (value) => {
    const text = typeof value === "string" && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value ?? "");
    return `"${text.replaceAll('"', '""')}"`;
  };
  const head = ["", ...data.series.map((one) => one.name)];
  const rows = data.labels.map((label, place) => [label, ...data.series.map((one) => one.values[place])]);
  return "\ufeff" + [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function save(address, name) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
