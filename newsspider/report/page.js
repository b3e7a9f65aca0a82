"use strict";
const report = JSON.parse(document.getElementById("data").textContent);
const at = id => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const SHOWN_SITES = 8; // with a colour of their own; the others are one
const OTHERS = "other sites";
const RUN_COLOURS = { domain: ["new", "changed", "failed"], range: ["#2a78b5", "#8a6fc0", "#d1495b"] };
const SITE_COLOURS = ["#2a78b5", "#e08214", "#3b9c63", "#c2487b", "#8a6fc0", "#a8803c", "#2aa1a8", "#d1495b", "#85858d"];
const SPEED_COLOURS = { domain: ["half of the answers", "95 %"], range: ["#2a78b5", "#e08214"] };
const FIELD_COLOURS = { domain: ["title", "published", "authors", "body"], range: ["#2a78b5", "#e08214", "#3b9c63", "#c2487b"] };
const ONE_COLOUR = name => ({ domain: [name], range: ["#2a78b5"] });
const DASHES = [[1, 0], [5, 2], [2, 2], [7, 2, 2, 2]]; // lines differ by more than their colour
const isNarrow = innerWidth < 600;
const LEGEND = { orient: "bottom", columns: isNarrow ? 2 : 3, labelLimit: isNarrow ? 110 : 220 };
const LINE_LEGEND = { ...LEGEND, symbolType: "stroke", symbolSize: 400, symbolStrokeWidth: 2 };
const SMALL = { height: 70, legend: false };
const SMALL_SHOWN = 24; // sites side by side, before more are asked for
const BAR_HEIGHT = 22; // pixels
const AXIS_HEIGHT = 30;
const NEVER = "—";

function make(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text !== undefined) element.textContent = text;
  return element;
}

// Texts beside each other, so that a text from right to left turns no other.
const isolated = (texts, mark) => texts.flatMap((text, place) => [place ? mark : "", make("bdi", "", text)]);
const sum = numbers => numbers.reduce((total, number) => total + number, 0);
const percent = number => number === null ? NEVER : `${number} %`;
const seconds = number => number === null ? NEVER : `${(number / 1000).toLocaleString("en", { maximumFractionDigits: 2 })} s`;
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

