function showHead() {
  const { name, made_at, first_day, last_day } = report;
  at("about").textContent = `${name} · ${first_day} to ${last_day} · made ${moment(made_at)} UTC`;
  if (isWeekly) at("about").after(make("p", "hint", "The period is long: the plots and their numbers are by weeks. The last week ends on the last day; the first one may have fewer days."));
  const totals = {
    "articles in the period": sum(report.sites.map(site => sum(site.articles))),
    sites: report.sites.length,
    "sites that need a look": report.problems.length,
    "quarantined pages": sum(report.kinds.map(row => row[2])),
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
    box.append(openButton(site), ": ", ...isolated(words, "; "), " ", moreAbout(site));
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

const ARRIVED = isWeekly ? "Articles by the week they arrived" : "Articles by the day they arrived";
const column = (name, long) => ({ name, of: row => row[name], long });
const SERIES_COLUMNS = (name, unit) => [SPAN_COLUMN, { name, of: row => row.series }, { name: unit, of: row => row.number }];

function showOverall() {
  const ranked = [...report.sites].sort((one, other) => sum(other.articles) - sum(one.articles));
  const named = ranked.slice(0, SHOWN_SITES).map(site => site.site);
  const domain = ranked.length > SHOWN_SITES ? [...named, OTHERS] : named;
  const arrived = ranked.flatMap(site => rowsOf(site.site, site.articles)).filter(row => row.number);
  const shown = addUp(arrived.map(row => named.includes(row.series) ? { ...row, rank: named.indexOf(row.series) } : { ...row, series: OTHERS, rank: SHOWN_SITES }));
  const kinds = tally(report.kinds.map(([, kind, number]) => [kind, number]), "kind");
  const reasons = report.quarantined.map(([site, kind, reason, number]) => ({ site, kind, reason, number }));
  const languages = report.languages.slice(0, 12).map(([language, number]) => ({ language, number }));
  const confidence = report.confidence.map(([least, number]) => ({ confidence: `${least.toFixed(1)} to ${(least + 0.1).toFixed(1)}`, number }));
  const copies = report.copies.map(([site, original, number]) => ({ site, original, number, pair: `${site} of ${original}` }));
  at("overall-plots").append(
    makePlot(ARRIVED, `Stacked bars of articles per ${SPAN_NAME} and site`, stackedSpans(shown, { domain, range: SITE_COLOURS.slice(0, domain.length) }), SERIES_COLUMNS("site", "number"), arrived),
    makeSpeedPlot(report.response_times, "all sites"),
    makePlot("Quarantined pages by kind", "Bars of quarantined pages per kind", bars(kinds, "kind"), [column("site"), column("kind"), column("reason", true), column("number")], reasons),
    makePlot("Confidence in the body", "Bars of articles per tenth of confidence", bars(confidence, "confidence"), [column("confidence"), column("number")], confidence),
    makePlot("Languages", "Bars of articles per language", bars(languages, "language"), [column("language"), column("number")], report.languages.map(([language, n]) => ({ language, number: n }))),
  );
  if (copies.length) at("overall-plots").append(makePlot("Near-duplicates of other sites' articles", "Bars of near-duplicates per pair of sites", bars(copies.slice(0, 12), "pair"), [column("site"), column("original"), column("number")], copies));
  if (reasons.length === report.most_reasons) at("quarantine-hint").append(` The plot by kind counts all; its numbers are the ${reasons.length} most frequent reasons.`);
}

// Rows of the same series and span as one: thousands of sites would be as many bars.
function addUp(rows) {
  const sums = new Map();
  for (const row of rows) {
    const key = `${row.from} ${row.series}`;
    const there = sums.get(key);
    if (there) there.number += row.number;
    else sums.set(key, { ...row });
  }
  return [...sums.values()];
}

function makeSpeedPlot(site, name) {
  const rows = speedRows(site);
  return makePlot("Response times", `Lines of the seconds within which half and 95 % of the answers of ${name} came`, lines(rows, SPEED_COLOURS, { unit: "seconds" }), SERIES_COLUMNS("of", "seconds"), rows);
}

function speedRows({ median_ms, slow_ms }) {
  const [half, most] = SPEED_COLOURS.domain;
  const inSeconds = numbers => numbers.map(number => number === null ? null : number / 1000);
  return [...rowsOf(half, inSeconds(median_ms)), ...rowsOf(most, inSeconds(slow_ms))];
}

const runRows = site => Object.entries(site.runs).flatMap(([series, numbers], rank) => rowsOf(series, numbers, rank));
const coverageRows = site => Object.entries(site.coverage).flatMap(([series, numbers]) => rowsOf(series, numbers));

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
    { name: "median response", of: site => site.median_ms_overall, show: seconds },
    { name: "95 % within", of: site => site.slow_ms_overall, show: seconds },
    { name: "lists not modified (304)", of: site => site.not_modified_overall, show: percent },
    ...FIELD_COLOURS.domain.map(name => ({ name: `with ${name}`, of: site => site.coverage_overall[name], show: percent })),
    { name: "median words", of: site => site.median_words },
    { name: "median confidence", of: site => site.median_confidence, show: value => value === null ? NEVER : value.toFixed(2) },
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
  const articles = rowsOf("articles", site.articles);
  const notModified = rowsOf("not modified", site.not_modified);
  const kinds = site.kinds.map(([kind, number]) => ({ kind, number }));
  const table = report.starts.map((span, place) => ({ span, new: site.runs.new[place], changed: site.runs.changed[place], failed: site.runs.failed[place] }));
  const name = site.site;
  const plots = make("div", "plots");
  plots.append(
    makePlot(ARRIVED, `Bars of articles per ${SPAN_NAME} of ${name}`, stackedSpans(articles, ONE_COLOUR("articles")), [SPAN_COLUMN, column("number")], articles),
    makePlot("Runs: new and changed articles, failed pages", `Stacked bars per ${SPAN_NAME} of ${name}`, stackedSpans(runRows(site), RUN_COLOURS), [SPAN_COLUMN, column("new"), column("changed"), column("failed")], table),
    makeSpeedPlot(site, name),
    makePlot("Lists not modified (304)", `Line of the share of lists of ${name} that were not modified`, lines(notModified, ONE_COLOUR("not modified"), { legend: false, most: 100 }), [SPAN_COLUMN, { name: "%", of: row => row.number }], notModified),
    makePlot("New articles with each field", `Lines of the share of new articles of ${name} that have a title, a date, authors and a body`, lines(coverageRows(site), FIELD_COLOURS, { most: 100 }), SERIES_COLUMNS("field", "%"), coverageRows(site)),
    makePlot("Pages by kind", `Bars of pages of ${name} per kind`, bars(kinds, "kind"), [column("kind"), column("number")], kinds),
  );
  box.append(make("h3", "", name));
  if (site.problems.length) box.append(make("p", "problem", site.problems.join("; ")));
  if (site.failures.length) {
    const failures = make("p", "hint", "Failures of the last run: ");
    failures.append(...isolated(site.failures.map(([cause, number]) => `${cause} (${number})`), ", "));
    box.append(failures);
  }
  box.append(plots);
  return box;
}

// Small plots of one measure, a site each.
const MEASURES = {
  "articles that arrived": { of: site => rowsOf("articles", site.articles), draw: rows => stackedSpans(rows, ONE_COLOUR("articles"), SMALL) },
  "runs: new, changed, failed": { of: runRows, draw: rows => stackedSpans(rows, RUN_COLOURS, SMALL), colours: RUN_COLOURS },
  "response times": { of: speedRows, draw: (rows, most) => lines(rows, SPEED_COLOURS, { ...SMALL, unit: "seconds", most }), colours: SPEED_COLOURS, isShared: true },
  "lists not modified (304)": { of: site => rowsOf("not modified", site.not_modified), draw: rows => lines(rows, ONE_COLOUR("not modified"), { ...SMALL, most: 100 }) },
  "new articles with each field": { of: coverageRows, draw: rows => lines(rows, FIELD_COLOURS, { ...SMALL, most: 100 }), colours: FIELD_COLOURS },
};

function showSmall() {
  const choice = at("measure");
  choice.append(...Object.keys(MEASURES).map(name => make("option", "", name)));
  const ranked = [...report.sites].sort((one, other) => other.problems.length - one.problems.length || sum(other.articles) - sum(one.articles));
  let shown = SMALL_SHOWN;
  const fill = () => {
    const measure = MEASURES[choice.value];
    const sites = ranked.slice(0, shown);
    const rows = sites.map(measure.of);
    const most = measure.isShared ? Math.max(...rows.flat().map(row => row.number), 0) : null;
    for (const plot of at("small-plots").querySelectorAll(".plot")) drawn.delete(plot);
    at("small-plots").replaceChildren(...sites.map((site, place) => makeSmall(site, choice.value, rows[place], measure.draw, most)));
    at("small-legend").replaceChildren(...(measure.colours ? makeKey(measure.colours) : []));
    at("small-scale").textContent = measure.isShared ? "All have the same scale." : measure.draw([]).encoding.y.scale ? "All go from 0 to 100 %." : "Each has its own scale.";
    at("more").hidden = shown >= ranked.length;
    at("more").textContent = `Show more (${shown} of ${ranked.length})`;
  };
  choice.addEventListener("change", fill);
  at("more").addEventListener("click", () => { shown += SMALL_SHOWN; fill(); });
  fill();
}

function makeSmall(site, measure, rows, draw, most) {
  const figure = make("figure", "small");
  const head = make("h3");
  head.append(openButton(site.site));
  figure.append(head, rows.length ? makeCanvas(`${site.site}: ${measure}`, draw(rows, most)) : make("p", "hint", "None in the period."));
  return figure;
}

function makeKey({ domain, range }) {
  return domain.map((name, place) => {
    const item = make("li", "", name);
    item.style.setProperty("--tint", range[place]);
    return item;
  });
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
showSmall();
showArticles();
