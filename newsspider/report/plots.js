// Plots are drawn when they come into view: hundreds of sites would take a minute.
const drawn = new Map(); // element -> specification
const watcher = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target);
}, { rootMargin: "400px" });

function draw(element) {
  watcher.unobserve(element);
  const ink = getComputedStyle(document.body).getPropertyValue("--ink");
  const line = getComputedStyle(document.body).getPropertyValue("--line");
  const quiet = { labelColor: ink, titleColor: ink, gridColor: line, domainColor: line, tickColor: line };
  const config = { background: "transparent", view: { stroke: null }, axis: quiet, legend: { labelColor: ink, titleColor: ink }, font: "system-ui, sans-serif" };
  const spec = { width: "container", autosize: { type: "fit", contains: "padding" }, config, ...drawn.get(element) };
  vegaEmbed(element, spec, { actions: false, renderer: "svg", ast: true, tooltip: { theme: dark.matches ? "dark" : "light" } });
}
dark.addEventListener("change", () => { for (const element of drawn.keys()) if (element.firstChild) draw(element); });
addEventListener("beforeprint", () => { for (const element of drawn.keys()) if (!element.firstChild) draw(element); });

function makeCanvas(description, spec) {
  const plot = make("div", "plot");
  plot.style.minHeight = `${spec.height}px`; // so that nothing moves when it is drawn
  drawn.set(plot, { description, ...spec });
  watcher.observe(plot);
  return plot;
}

function makePlot(title, description, spec, columns, rows) {
  const figure = make("figure");
  figure.append(make("h3", "", title));
  if (!rows.length) {
    figure.append(make("p", "hint", "None in the period."));
    return figure;
  }
  const numbers = make("details");
  const wide = make("div", "wide");
  wide.tabIndex = 0;
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", `Numbers: ${title}`);
  numbers.addEventListener("toggle", () => { if (!wide.firstChild) wide.append(makeTable(columns, rows)); });
  numbers.append(make("summary", "", "Numbers"), wide);
  figure.append(makeCanvas(description, spec), numbers);
  return figure;
}

// Spans: days, or weeks where the period is long.
const DAY_MS = 86_400_000;
const isWeekly = report.span_days > 1;
const LEGEND_ROW = 14; // pixels that the names of the series take away
const SPAN_NAME = isWeekly ? "week from" : "day";
const SPAN_COLUMN = { name: SPAN_NAME, of: row => row.span };
const utc = day => Date.parse(`${day}T00:00:00Z`);
const END = utc(report.last_day) + DAY_MS;
const STARTS = report.starts.map(utc);
const SPAN_MS = report.span_days * DAY_MS;
const BAR_WIDTH = { expr: `max(1, 0.87 * width * ${SPAN_MS / (END - STARTS[0])})` };
const spans = STARTS.map((from, place) => {
  const end = STARTS[place + 1] ?? END;
  return { span: report.starts[place], from, middle: end - SPAN_MS / 2 };
});
const TIME_AXIS = { type: "temporal", title: null, scale: { type: "utc", domain: [STARTS[0], END].map(moment => ({ expr: String(moment) })) }, axis: { format: isWeekly ? "%b %Y" : "%d %b", labelOverlap: true, labelSeparation: 8, grid: false, tickCount: 6 } };
const SPAN_TOOLTIP = { field: "span", title: SPAN_NAME };

// Rows of a series for each span; spans without a number are left out.
function rowsOf(series, numbers, rank = 0) {
  return numbers.flatMap((number, place) => number === null ? [] : [{ ...spans[place], series, number, rank }]);
}

function stackedSpans(rows, colours, { height = 150, legend = true } = {}) {
  return {
    data: { values: rows },
    mark: { type: "bar", width: BAR_WIDTH, clip: true },
    height: height + (legend ? LEGEND_ROW * Math.ceil(colours.domain.length / LEGEND.columns) : 0),
    encoding: {
      x: { field: "middle", ...TIME_AXIS },
      y: { field: "number", type: "quantitative", title: null, stack: "zero", axis: { tickMinStep: 1, tickCount: height / 30 } },
      order: { field: "rank", type: "quantitative" },
      color: { field: "series", type: "nominal", title: null, scale: colours, legend: legend && colours.domain.length > 1 ? LEGEND : null },
      tooltip: [SPAN_TOOLTIP, { field: "series", title: "of" }, { field: "number" }],
    },
  };
}

function lines(rows, colours, { height = 150, legend = true, unit = "%", most = null } = {}) {
  const series = { field: "series", type: "nominal", title: null, scale: colours, legend: legend ? LINE_LEGEND : null };
  return {
    data: { values: rows },
    mark: { type: "line", point: { size: height / 8 }, interpolate: "monotone", strokeWidth: 1.5 },
    height,
    encoding: {
      x: { field: "middle", ...TIME_AXIS },
      y: { field: "number", type: "quantitative", title: unit, scale: { zero: true, ...(most ? { domain: [0, most] } : {}) }, axis: { tickCount: height / 30 } },
      color: series,
      strokeDash: { ...series, scale: { domain: colours.domain, range: DASHES } },
      tooltip: [SPAN_TOOLTIP, { field: "series", title: "of" }, { field: "number", title: unit }],
    },
  };
}

function bars(rows, name) {
  return {
    data: { values: rows },
    mark: { type: "bar", tooltip: true, color: SITE_COLOURS[0] },
    height: BAR_HEIGHT * rows.length + AXIS_HEIGHT,
    encoding: {
      y: { field: name, type: "nominal", sort: null, title: null, axis: { labelLimit: 160 } },
      x: { field: "number", type: "quantitative", title: null, axis: { tickMinStep: 1 } },
    },
  };
}
