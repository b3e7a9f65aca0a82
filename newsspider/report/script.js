"use strict";
const report = JSON.parse(document.getElementById("data").textContent);
const at = id => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const SHOWN_SITES = 8; // with a colour of their own; the others are one
const OTHERS = "other sites";
const RUN_COLOURS = { domain: ["new", "changed", "failed"], range: ["#2a78b5", "#8a6fc0", "#d1495b"] };
const SITE_COLOURS = ["#2a78b5", "#e08214", "#3b9c63", "#c2487b", "#8a6fc0", "#a8803c", "#2aa1a8", "#d1495b", "#85858d"];
const BAR_HEIGHT = 22; // pixels
const AXIS_HEIGHT = 30;
const NEVER = "—";

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

const sum = numbers => numbers.reduce((total, number) => total + number, 0);
const percent = share => share === null ? NEVER : `${Math.round(100 * share)} %`;
const moment = text => text ? text.slice(0, 16).replace("T", " ") : NEVER;
const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const quoted = text => `'${text.replaceAll("'", "'\\''")}'`;
const webLink = (url, text) => {
  if (!/^https?:\/\//.test(url ?? "")) return make("bdi", "", text ?? NEVER);
  const link = make("a", "", text || url);
  link.href = url;
  link.rel = "noreferrer noopener";
  link.dir = "auto";
  return link;
};

// A table whose columns sort. A column is {name, of: row -> value, show: (value, row) -> text or element, long}.
function makeTable(columns, rows) {
  const table = make("table");
  const head = make("tr");
  const body = make("tbody");
  let sorted = { column: null, down: true };
  for (const column of columns) {
    const cell = make("th");
    cell.scope = "col";
    const button = make("button", "", column.name);
    button.type = "button";
    button.addEventListener("click", () => sortBy(column, cell));
    cell.append(button);
    head.append(cell);
  }
  function sortBy(column, cell) {
    sorted = { column, down: sorted.column === column ? !sorted.down : true };
    for (const each of head.children) each.removeAttribute("aria-sort");
    cell.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
    fill([...rows].sort((one, other) => (sorted.down ? -1 : 1) * compare(column.of(one), column.of(other))));
  }
  function fill(shown) {
    body.replaceChildren(...shown.map(row => {
      const line = make("tr");
      for (const column of columns) {
        const value = column.of(row);
        const cell = make("td", typeof value === "number" ? "number" : column.long ? "long" : "");
        const content = column.show ? column.show(value, row) : value ?? NEVER;
        cell.append(typeof content === "number" ? content.toLocaleString("en") : content);
        if (typeof content === "string") cell.dir = "auto";
        line.append(cell);
      }
      return line;
    }));
  }
  fill(rows);
  const top = make("thead");
  top.append(head);
  table.append(top, body);
  return table;
}

function compare(one, other) {
  if (one === null || one === undefined) return other === null || other === undefined ? 0 : -1;
  if (other === null || other === undefined) return 1;
  return typeof one === "number" ? one - other : String(one).localeCompare(String(other));
}

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
  const spec = { width: "container", config, ...drawn.get(element) };
  vegaEmbed(element, spec, { actions: false, renderer: "svg", ast: true, tooltip: { theme: dark.matches ? "dark" : "light" } });
}
dark.addEventListener("change", () => { for (const element of drawn.keys()) if (element.firstChild) draw(element); });
addEventListener("beforeprint", () => { for (const element of drawn.keys()) if (!element.firstChild) draw(element); });

function makePlot(title, description, spec, columns, rows) {
  const figure = make("figure");
  figure.append(make("h3", "", title));
  if (!rows.length) {
    figure.append(make("p", "hint", "None in the period."));
    return figure;
  }
  const plot = make("div", "plot");
  drawn.set(plot, { description, ...spec });
  watcher.observe(plot);
  const numbers = make("details");
  const wide = make("div", "wide");
  wide.tabIndex = 0;
  wide.setAttribute("role", "region");
  wide.setAttribute("aria-label", `Numbers: ${title}`);
  wide.append(makeTable(columns, rows));
  numbers.append(make("summary", "", "Numbers"), wide);
  figure.append(plot, numbers);
  return figure;
}

const PERIOD = [report.days[0], `${report.days.at(-1)}T23:59:59`].map(day => ({ expr: `utc(${day.slice(0, 4)}, ${day.slice(5, 7) - 1}, ${day.slice(8, 10)}, ${day.length > 10 ? 24 : 0})` }));
const DAY_AXIS = { field: "day", type: "temporal", timeUnit: "utcyearmonthdate", title: null, scale: { domain: PERIOD }, axis: { format: "%d %b", labelOverlap: true, grid: false } };
const DAY_COLUMN = { name: "day", of: row => row.day };

function stackedDays(rows, series, colours) {
  return {
    data: { values: rows },
    mark: { type: "bar", tooltip: true },
    height: 150,
    autosize: { type: "fit", contains: "padding" },
    encoding: {
      x: DAY_AXIS,
      y: { field: "number", type: "quantitative", title: null, aggregate: "sum", axis: { tickMinStep: 1 } },
      color: { field: series, type: "nominal", title: null, scale: colours, sort: colours.domain, legend: { orient: "bottom", columns: 3, labelLimit: 220 } },
      order: { field: "rank", type: "quantitative" },
    },
  };
}

function bars(rows, name) {
  return {
    data: { values: rows },
    mark: { type: "bar", tooltip: true, color: SITE_COLOURS[0] },
    height: BAR_HEIGHT * rows.length + AXIS_HEIGHT,
    autosize: { type: "fit", contains: "padding" },
    encoding: {
      y: { field: name, type: "nominal", sort: null, title: null, axis: { labelLimit: 160 } },
      x: { field: "number", type: "quantitative", title: null, axis: { tickMinStep: 1 } },
    },
  };
}

function showHead() {
  const { days, name, made_at } = report;
  at("about").textContent = `${name} · ${days[0]} to ${days.at(-1)} · made ${moment(made_at)} UTC`;
  const totals = {
    "articles in the period": sum(report.sites.map(site => sum(site.articles))),
    sites: report.sites.length,
    "sites that need a look": report.problems.length,
    "quarantined pages": sum(report.quarantined.map(row => row[3])),
    runs: sum(report.sites.map(site => site.run_count)),
  };
  for (const [term, number] of Object.entries(totals)) {
    const box = make("div");
    box.append(make("dt", "", term), make("dd", "", number.toLocaleString("en")));
    at("totals").append(box);
  }
}

function showProblems() {
  if (!report.problems.length) at("problems").append(make("p", "fine", "✓ Nothing: every site was read as usual."));
  for (const { site, words } of report.problems) {
    const box = make("div", "problem");
    box.append(openButton(site), `: ${words.join("; ")} `, moreAbout(site));
    at("problems").append(box);
  }
}

// A server that sends this page has a page of its own for each site and record.
function moreAbout(site) {
  if (!report.served) return make("code", "", `newsspider health --site ${quoted(site)}`);
  return ownLink(`/sites/${encodeURIComponent(site)}`, "when it broke");
}

function ownLink(path, text) {
  const link = make("a", "", text);
  link.href = path;
  link.dir = "auto";
  return link;
}

const recordLink = (url, text) => report.served && url ? ownLink(`/articles?q=${encodeURIComponent(url)}`, text || url) : webLink(url, text);

function whyLink(command, row) {
  if (!command) return NEVER;
  return report.served ? ownLink(`/why?url=${encodeURIComponent(row.url)}`, "why") : make("code", "", command);
}

function openButton(site) {
  const button = make("button", "name", site);
  button.type = "button";
  button.addEventListener("click", () => openSite(site));
  return button;
}

function showOverall() {
  const ranked = [...report.sites].sort((one, other) => sum(other.articles) - sum(one.articles));
  const named = ranked.slice(0, SHOWN_SITES).map(site => site.site);
  const days = report.sites.flatMap(site => site.articles.flatMap((number, place) => number ? [{ day: report.days[place], site: site.site, number }] : []));
  const shown = days.map(row => ({ ...row, site: named.includes(row.site) ? row.site : OTHERS, rank: named.includes(row.site) ? named.indexOf(row.site) : SHOWN_SITES }));
  const domain = ranked.length > SHOWN_SITES ? [...named, OTHERS] : named;
  const kinds = tally(report.quarantined.map(row => [row[1], row[3]]), "kind");
  const reasons = report.quarantined.map(([site, kind, reason, number]) => ({ site, kind, reason, number }));
  const languages = report.languages.slice(0, 12).map(([language, number]) => ({ language, number }));
  const confidence = report.confidence.map(([least, number]) => ({ confidence: `${least.toFixed(1)} to ${(least + 0.1).toFixed(1)}`, number }));
  const copies = report.copies.map(([site, original, number]) => ({ site, original, number, pair: `${site} of ${original}` }));
  const number = { name: "number", of: row => row.number };
  const column = (name, long) => ({ name, of: row => row[name], long });
  at("overall-plots").append(
    makePlot("Articles by the day they arrived", "Stacked bars of articles per day and site", stackedDays(shown, "site", { domain, range: SITE_COLOURS.slice(0, domain.length) }), [DAY_COLUMN, column("site"), number], days),
    makePlot("Quarantined pages by kind", "Bars of quarantined pages per kind", bars(kinds, "kind"), [column("site"), column("kind"), column("reason", true), number], reasons),
    makePlot("Confidence in the body", "Bars of articles per tenth of confidence", bars(confidence, "confidence"), [column("confidence"), number], confidence),
    makePlot("Languages", "Bars of articles per language", bars(languages, "language"), [column("language"), number], report.languages.map(([language, n]) => ({ language, number: n }))),
  );
  if (copies.length) at("overall-plots").append(makePlot("Near-duplicates of other sites' articles", "Bars of near-duplicates per pair of sites", bars(copies.slice(0, 12), "pair"), [column("site"), column("original"), number], copies));
}

function tally(pairs, name) {
  const counts = new Map();
  for (const [key, number] of pairs) counts.set(key, (counts.get(key) ?? 0) + number);
  return [...counts].sort((one, other) => other[1] - one[1]).map(([key, number]) => ({ [name]: key, number }));
}

function showSites() {
  const columns = [
    { name: "site", of: site => site.site, show: openButton },
    { name: "needs a look", of: site => site.problems.join("; ") || null, long: true },
    { name: "articles", of: site => sum(site.articles) },
    { name: "runs", of: site => site.run_count },
    { name: "last run (UTC)", of: site => site.last_run, show: moment },
    { name: "newest article", of: site => site.newest, show: (_, site) => site.newest_age ? `${site.newest_age} old` : NEVER },
    { name: "new", of: site => sum(site.runs.new) },
    { name: "changed", of: site => sum(site.runs.changed) },
    { name: "failed", of: site => sum(site.runs.failed) },
    { name: "lists not modified", of: site => site.unchanged_share, show: percent },
    ...["title", "published", "authors", "body"].map(name => ({ name: `with ${name}`, of: site => site.fields[name], show: percent })),
    { name: "mean words", of: site => site.mean_words, show: value => value === null ? NEVER : Math.round(value) },
    { name: "mean confidence", of: site => site.mean_confidence, show: value => value === null ? NEVER : value.toFixed(2) },
  ];
  at("site-table").append(makeTable(columns, report.sites));
  if (report.sites.length === 1) openSite(report.sites[0].site, false);
}

function openSite(name, scroll = true) {
  const id = `site-${report.sites.findIndex(site => site.site === name)}`;
  if (!at(id)) at("site-plots").prepend(makeSite(report.sites.find(site => site.site === name), id));
  if (!scroll) return;
  at(id).scrollIntoView({ block: "center" });
  at(id).focus({ preventScroll: true });
}

function makeSite(site, id) {
  const box = make("article", "site");
  box.id = id;
  box.tabIndex = -1;
  const articles = site.articles.map((number, place) => ({ day: report.days[place], number, series: "articles", rank: 0 }));
  const runs = Object.entries(site.runs).flatMap(([series, numbers], rank) => numbers.map((number, place) => ({ day: report.days[place], series, number, rank })));
  const table = report.days.map((day, place) => ({ day, new: site.runs.new[place], changed: site.runs.changed[place], failed: site.runs.failed[place] }));
  const column = name => ({ name, of: row => row[name] });
  const plots = make("div", "plots");
  plots.append(
    makePlot("Articles by the day they arrived", `Bars of articles per day of ${site.site}`, stackedDays(articles, "series", { domain: ["articles"], range: [SITE_COLOURS[0]] }), [DAY_COLUMN, column("number")], articles),
    makePlot("Runs: new and changed articles, failed pages", `Stacked bars per day of ${site.site}`, stackedDays(runs, "series", RUN_COLOURS), [DAY_COLUMN, column("new"), column("changed"), column("failed")], table),
  );
  box.append(make("h3", "", site.site));
  if (site.problems.length) box.append(make("p", "problem", site.problems.join("; ")));
  if (site.failures.length) box.append(make("p", "hint", `Failures of the last run: ${site.failures.map(([cause, number]) => `${cause} (${number})`).join(", ")}`));
  box.append(plots);
  return box;
}

function showArticles() {
  at("newest-table").append(makeTable([
    { name: "title", of: row => row.title, show: (title, row) => recordLink(row.url, title ?? row.url), long: true },
    { name: "site", of: row => row.site },
    { name: "published", of: row => row.published, show: moment },
    { name: "arrived (UTC)", of: row => row.first_seen, show: moment },
  ], report.newest));
  at("left-out-table").append(makeTable([
    { name: "page", of: row => row.url ?? row.source, show: (page, row) => recordLink(row.url, page), long: true },
    { name: "kind", of: row => row.kind },
    { name: "reason", of: row => row.reason, long: true },
    { name: "arrived (UTC)", of: row => row.first_seen, show: moment },
    { name: "to see why", of: row => row.url ? `newsspider why ${quoted(row.url)}` : null, show: whyLink, long: true },
  ], report.left_out));
}

showHead();
showProblems();
showOverall();
showSites();
showArticles();
