"use strict";
const { groups, pages } = JSON.parse(document.getElementById("data").textContent);
const SIGNS = { frame: "▤", model: "◇", "other-pages": "↗", "about-article": "✎", prompts: "✉" };
const FOLDED = 4; // so many dropped blocks in a row are folded
const REFUSED = "script, style, link, base, iframe, frame, object, embed, audio, video, source, meta[http-equiv]";
const LOADING = ["src", "srcset", "href", "xlink:href", "poster", "background", "action", "ping", "data", "style"];
const PLAIN = "<style>body { max-width: 45rem; margin: 1rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }</style>";
const at = id => document.getElementById(id);
const isKept = block => block.kept !== Boolean(block.flipped);
let current = 0; // the shown page
let focused = -1; // the block that keys act on

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

function showPage(number) {
  current = number;
  focused = -1;
  const page = pages[number];
  page.seen = true;
  showAbout(page);
  at("field-rows").replaceChildren(...page.fields.map(makeField));
  at("blocks").replaceChildren(...groupRuns(page.blocks).map(makeRun));
  showLegend(page);
  showCounts();
  showOriginal();
  at("previous").disabled = number === 0;
  at("next").disabled = number === pages.length - 1;
  at("place").textContent = `page ${number + 1} of ${pages.length}, least sure first`;
}

function showAbout(page) {
  document.title = `Why: ${page.page}`;
  const title = page.fields[0].value;
  at("kind").replaceChildren(make("b", "", page.kind), ` ${page.about}`);
  at("title").textContent = title || page.page;
  at("title").dir = "auto";
  at("address").replaceChildren(make("bdi", "", page.page));
  if (page.url && page.url !== page.page) at("address").append(" · ", makeLink(page.url));
  at("warnings").replaceChildren(...page.warnings.map(warning => make("li", "", warning)));
}

// To the page as it is today; other addresses than web addresses are only shown.
function makeLink(url) {
  const shown = make("bdi", "", readable(url));
  if (!/^https?:\/\//i.test(url)) return shown;
  const link = make("a");
  link.href = url;
  link.rel = "noreferrer";
  link.append(shown);
  return link;
}

// An address in another script as its letters: a line of percent signs says nothing.
function readable(url) {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}

function makeField(field) {
  const row = make("div", "field");
  const label = make("label", "", field.is_list ? `${field.name} (a; b)` : field.name);
  const input = make("input");
  input.id = `field-${field.name}`;
  label.htmlFor = input.id;
  input.dir = "auto";
  input.value = field.corrected ?? field.value;
  const mark = () => row.classList.toggle("corrected", field.corrected !== undefined && field.corrected !== field.value);
  input.addEventListener("input", () => { field.corrected = input.value; mark(); showCounts(); });
  row.append(label, input);
  if (field.origin) row.append(make("div", "origin", `from ${field.origin}`));
  const others = field.statements.filter(each => each.value !== field.value);
  if (others.length) row.append(makeStatements(others, value => { input.value = value; input.dispatchEvent(new Event("input")); }));
  mark();
  return row;
}

function makeStatements(statements, use) {
  const list = make("ul");
  for (const { place, value } of statements) {
    const item = make("li");
    const button = make("button", "", "use");
    button.type = "button";
    button.setAttribute("aria-label", `Use the value of ${place}`);
    button.addEventListener("click", () => use(value));
    const text = make("bdi", "", value);
    item.append(button, ` ${place}: `, text);
    list.append(item);
  }
  return list;
}

function groupRuns(blocks) {
  const runs = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last && !last[0].kept && !block.kept) last.push(block);
    else runs.push([block]);
  }
  return runs;
}

function makeRun(run) {
  const elements = run.map(makeBlock);
  const folded = !run[0].kept && (run.length >= FOLDED || run.every(block => block.kind === "frame"));
  const box = folded ? make("details", "run") : document.createDocumentFragment();
  if (folded) box.append(make("summary", "", `${run.length} dropped: ${countReasons(run)}`));
  box.append(...elements);
  return box;
}

function countReasons(run) {
  const counts = new Map();
  for (const { reason } of run) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => count > 1 ? `${reason} (${count})` : reason).join(", ");
}

function makeBlock(block) {
  const element = make("div");
  const flip = make("button", "flip");
  flip.type = "button";
  flip.addEventListener("click", () => flipBlock(block));
  const text = make("div", "text", block.text);
  text.dir = "auto";
  element.append(flip, text, makeNote(block));
  block.element = element;
  showVerdict(block);
  return element;
}

function makeNote(block) {
  const note = make("div", "note");
  const sign = block.kept ? "" : `${SIGNS[block.group]} `;
  note.append(make("span", "sign", sign), make("b", "", `${Math.round(100 * block.probability)} %`), ` ${block.reason}`);
  if (block.trafilatura !== null) note.append(`; trafilatura ${sayShare(block.trafilatura)}`);
  if (block.evidence.length) {
    const evidence = make("ul");
    for (const { words, weight } of block.evidence) evidence.append(make("li", "", `${weight > 0 ? "for" : "against"}: ${words}`));
    const details = make("details");
    details.append(make("summary", "", "evidence"), evidence);
    note.append(details);
  }
  return note;
}

function sayShare(share) {
  const percent = Math.round(100 * share);
  return { 0: "drops it", 100: "keeps it" }[percent] ?? `keeps ${percent} %`;
}

function flipBlock(block) {
  block.flipped = !block.flipped;
  showVerdict(block);
  showCounts();
}

function showVerdict(block) {
  const kept = isKept(block);
  const isCurrent = block.element.classList.contains("current");
  block.element.className = ["block", block.kind, `group-${block.group}`, kept ? "kept" : "dropped"].join(" ");
  block.element.classList.toggle("flipped", Boolean(block.flipped));
  block.element.classList.toggle("current", isCurrent);
  const flip = block.element.firstElementChild;
  flip.textContent = kept ? "✓" : "✕";
  flip.setAttribute("aria-pressed", String(kept));
  flip.setAttribute("aria-label", kept ? "kept; drop this block" : "dropped; keep this block");
}

function showCounts() {
  const page = pages[current];
  const corrected = countCorrections(page);
  at("counts").textContent = `${page.blocks.filter(isKept).length} of ${page.blocks.length} blocks kept` + (corrected ? `, ${corrected} corrected` : "");
}

function countCorrections(page) {
  const fields = page.fields.filter(field => field.corrected !== undefined && field.corrected !== field.value);
  return fields.length + page.blocks.filter(block => block.flipped).length;
}

function showLegend(page) {
  at("legend").replaceChildren(...Object.entries(groups).flatMap(([group, name]) => {
    const blocks = page.blocks.filter(block => !block.kept && block.group === group);
    if (!blocks.length) return [];
    const button = make("button", `group-${group}`, `${SIGNS[group]} ${name} (${blocks.length})`);
    button.type = "button";
    let next = 0;
    button.addEventListener("click", () => focusBlock(page.blocks.indexOf(blocks[next++ % blocks.length])));
    const item = make("li");
    item.append(button);
    return [item];
  }));
}

function focusBlock(number) {
  const { blocks } = pages[current];
  if (number < 0 || number >= blocks.length) return;
  blocks[focused]?.element.classList.remove("current");
  focused = number;
  const { element } = blocks[number];
  element.closest("details.run")?.setAttribute("open", "");
  element.classList.add("current");
  element.firstElementChild.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center" });
}

function showOriginal() {
  const shown = at("beside").checked;
  at("original").hidden = !shown;
  at("original").srcdoc = shown ? harmless(pages[current].html) : "";
}

// The frame runs and loads nothing by itself; a page without its scripts, pictures and styles leaves the console empty.
function harmless(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll(REFUSED)) element.remove();
  for (const element of page.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (LOADING.includes(name) || name.startsWith("on")) element.removeAttribute(name);
    }
  }
  return PLAIN + page.documentElement.outerHTML;
}

function goldRow(page) {
  const row = { page: page.page, url: page.url, language: page.language };
  for (const field of page.fields) {
    const value = (field.corrected ?? field.value).trim();
    if (value) row[field.name] = field.is_list ? value.split(/\s*;\s*/).filter(Boolean) : value;
  }
  row.body = page.blocks.filter(isKept).map(block => block.text).join("\n\n");
  row.html = page.html;
  return row;
}

function save() {
  const rows = pages.filter(page => page.seen).map(page => JSON.stringify(goldRow(page)) + "\n");
  if (typeof sendRows === "function") sendRows(rows); // of a page that a server sends
  else offer(rows);
}

function offer(rows) {
  const name = pages.length === 1 ? pages[0].page : `${rows.length} pages`;
  const link = make("a");
  link.href = URL.createObjectURL(new Blob(rows, { type: "application/jsonl" }));
  link.download = name.replace(/[^\w.-]+/g, "_") + ".gold.jsonl";
  link.click();
  URL.revokeObjectURL(link.href);
  noteSaved();
}

function noteSaved() {
  for (const page of pages) page.saved = countCorrections(page);
}

function go(step) {
  const number = current + step;
  if (number < 0 || number >= pages.length) return;
  showPage(number);
  scrollTo(0, 0);
  at("main").focus({ preventScroll: true });
}

const KEYS = {
  j: () => focusBlock(focused + 1),
  k: () => focusBlock(focused - 1),
  x: () => { if (focused >= 0) flipBlock(pages[current].blocks[focused]); },
  n: () => go(1),
  p: () => go(-1),
};
document.addEventListener("keydown", event => {
  const typing = event.target.closest("input:not([type=checkbox])");
  if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) KEYS[event.key]?.();
});
addEventListener("beforeunload", event => {
  if (pages.some(page => countCorrections(page) !== (page.saved ?? 0))) event.preventDefault();
});
at("previous").addEventListener("click", () => go(-1));
at("next").addEventListener("click", () => go(1));
at("reader").addEventListener("change", event => at("main").classList.toggle("only-body", event.target.checked));
at("beside").addEventListener("change", showOriginal);
at("save").addEventListener("click", save);
at("queue").hidden = at("queue-keys").hidden = pages.length === 1;
showPage(0);
