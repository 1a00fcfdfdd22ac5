// The explorer: a board, a time bar and a panel for one cell, drawn from an atlas (atlas.js). Texts are set as texts.
"use strict";

{
const MARGIN = 14; // days beside the ends of the time bar
const STALE_DAYS = 30; // so many days after the newest report a ledger is called old; as in questions/dates_used.py
const LOOK_BACK = 730; // days of a chart before the one asked for
const FILTERS = ["companies", "chips", "vendor"];
const WRONG_DATE = "Give a day such as 2026-01-28, an instant such as 2026-01-28T12:00Z, or nothing.";

const byId = (id) => document.getElementById(id);
const data = window.atlasData ?? JSON.parse(byId("atlas").textContent);
const atlas = new Atlas(data);
const { iso, dayOf, words: dateWords } = Dates;
const momentWords = (moment) => dateWords(Dates.momentText(moment));

/** Who is registered, and as what, on the day that is shown. */
let registry = data.registries[0];
const home = (company) => registry.companies[company][2];
const vendor = (chip) => registry.chips[chip][2];

/* Elements */

const SVG = ["svg", "rect", "line", "path", "text"];

function make(name, attributes = {}, ...children) {
  const element = SVG.includes(name) ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const link = (address, text) =>
  /^https?:\/\/[^/\s]/i.test(address ?? "") ? make("a", { href: address, rel: "noopener noreferrer" }, text) : text;
const list = (name, items) => make("ul", { class: name }, ...items.map((item) => make("li", {}, ...item)));

/* Statuses: a word, and how sure it is */

const spaced = (word) => word.replaceAll("_", "\xa0");
const sureness = (words) => (words.length === 1 ? "certain" : words.length === data.statuses.length ? "unknown" : "uncertain");
const statusClass = (words) => `status low-${words[0]} high-${words.at(-1)} ${sureness(words)}`;

function statusText(words) {
  if (words.length === data.statuses.length) return "unknown";
  return words.length === 1 ? spaced(words[0]) : `${spaced(words[0])}\xa0… ${spaced(words.at(-1))}`;
}

/** Stands for the possible statuses of a cell without gates: its chip comes from the company's own jurisdiction. */
const DOMESTIC = 0;
const shown = ({ possible, gates }) => (gates.length ? possible : DOMESTIC);
const classOf = (possible) => (possible === DOMESTIC ? `${statusClass(["cleared"])} domestic` : statusClass(atlas.statuses(possible)));
const textOf = (possible) => (possible === DOMESTIC ? "domestic" : statusText(atlas.statuses(possible)));
const badge = (possible) => make("span", { class: classOf(possible) }, textOf(possible));
const limitedBy = ({ possible, limiting }) => (["unknown", "cleared"].includes(textOf(possible)) ? "" : ` (limited by ${limiting.join(", ")})`);

/* The state, which the address holds behind its # */

const opening = { at: Dates.ordinal(data.at), known: data.known === null ? null : Dates.moment(data.known) };
let state = {};

const pathOf = (cell) => `${encodeURIComponent(atlas.company(cell))}/${encodeURIComponent(atlas.chip(cell))}`;

function hashOf({ at, known, cell, each, ...filters }) {
  const found = new URLSearchParams({ at: iso(at), known: known === null ? "all" : Dates.momentText(known) });
  for (const name of FILTERS) if (filters[name]) found.set(name, filters[name]);
  if (each) found.set("each", "1");
  return `#${found}${cell === null ? "" : `&cell=${pathOf(cell)}`}`;
}

function readHash() {
  const given = new URLSearchParams(location.hash.slice(1));
  const [at, known] = [given.get("at") ?? "", given.get("known") ?? ""];
  const [company, chip] = (given.get("cell") ?? "").split("/");
  const cell = [registry.companies.findIndex(([id]) => id === company), registry.chips.findIndex(([id]) => id === chip)];
  return {
    at: Dates.isDay(at) ? Dates.ordinal(at) : opening.at,
    known: known === "all" ? null : Number.isNaN(Dates.moment(known)) ? opening.known : Dates.moment(known),
    cell: cell.includes(-1) ? null : atlas.cell(...cell),
    each: given.has("each"),
    ...Object.fromEntries(FILTERS.map((name) => [name, given.get(name) ?? ""])),
  };
}

/** Go to other dates or another choice; while a handle is on its way, the address stays. */
function go(changes, how = "", handle = null) {
  state = { ...state, ...changes };
  if (how !== "on the way") Visits.add(hashOf(state), handle);
  draw();
}

function draw() {
  const point = atlas.point(state.at, state.known);
  registry = atlas.registry(point);
  drawBar(point);
  drawBoard(point);
  drawPanel(point);
}

/* The time bar */

const ends = (() => {
  const days = [...data.days.slice(1), ...atlas.moments.map(dayOf), opening.at];
  const [first, last] = [days.reduce((a, b) => Math.min(a, b)) - MARGIN, days.reduce((a, b) => Math.max(a, b)) + MARGIN];
  return { first: Math.max(Dates.FIRST, first), last: Math.min(Dates.LAST, last) };
})();

/** One upright line for each of some days. */
const marks = (name, days, top, height) =>
  make("path", { class: name, d: days.map((day) => `M${Math.min(Math.max(day, ends.first), ends.last) - ends.first} ${top}v${height}`).join("") });

/** The days on which reports came out. */
const reportDays = [...new Set(atlas.moments.map(dayOf))];
const publications = marks("publication", reportDays, 24, 9);

const handles = new Handles(byId("dates-form"), (name, day, how) => {
  // At the end of the scale everything published counts.
  const change = name === "at" ? { at: day } : { known: day >= ends.last ? null : Dates.endOf(day) };
  go(change, how, how === "by key" ? `${name}-slider` : null);
});

/** Where the buttons beside the dates lead; undefined: nowhere. */
let steps = {};

function findSteps(days) {
  const { moments } = atlas;
  const place = state.known === null ? moments.length : upTo(moments, state.known);
  const isThere = state.known === null || moments[place - 1] === state.known;
  steps = {
    "at-back": { at: days[upTo(days, state.at - 1) - 1] }, "at-on": { at: days[upTo(days, state.at)] },
    "known-back": { known: moments[place - (isThere ? 2 : 1)] }, "known-on": { known: moments[place] },
  };
  for (const [id, step] of Object.entries(steps)) byId(id).disabled = Object.values(step)[0] === undefined;
}

function drawBar(point) {
  const days = atlas.turningDays(point);
  findSteps(days);
  const [at, known] = [dateWords(iso(state.at)), state.known === null ? "all that is published" : momentWords(state.known)];
  const knownDay = state.known === null ? ends.last : dayOf(state.known);
  const isWithinDay = state.known !== null && state.known !== Dates.endOf(knownDay);
  byId("at").value = iso(state.at);
  byId("known").value = state.known === null ? "" : Dates.momentText(state.known);
  document.querySelector("#explorer svg.scale").replaceChildren(
    make("line", { class: "axis", x1: 0, x2: ends.last - ends.first, y1: 22, y2: 22 }), make("path", { class: "year" }), marks("turn", days, 11, 9), publications,
    marks("now held", [state.at], 0, 22), marks("now learned", [knownDay], 22, 22));
  handles.show({
    ...ends, marks: { at: days, known: [...reportDays, ends.last] },
    now: { at: state.at, known: isWithinDay ? knownDay - 0.5 : knownDay }, said: { at, known },
  });
  byId("dates-line").replaceChildren("On ", make("b", {}, at), make("span", {}, " · "), ...(state.known === null ? [known] : ["as known ", make("b", {}, known)]),
    " ", make("span", { class: "change" }, make("span", {}, "change")));
  byId("dates").replaceChildren("On ", make("b", {}, at), state.known === null ? ", by " : ", as publicly known at ", make("b", {}, known), ".");
  const told = data.published[point.known];
  byId("reported").textContent =
    point.known ? `Reported last, ${momentWords(data.moments[point.known])}: ${told.join("; ")}` : "Nothing was reported by then.";
}

/** How fresh the ledger was when this was made, on the day of the reader. */
function drawFreshness() {
  const days = data.newest ? Math.floor(Date.now() / 86400000) - (Dates.ordinal(data.newest) - Dates.ordinal("1970-01-01")) : 0;
  const isOld = days > STALE_DAYS;
  byId("fresh").className = isOld ? "note" : "soft";
  byId("fresh").textContent = !data.newest ? "There is no report in this ledger."
    : `Newest report in this ledger: ${dateWords(data.newest)}${isOld ? `, ${days.toLocaleString("en")} days ago; things may have changed since` : ""}.`;
}

/* The board */

function chosen() {
  const membersOf = (kind, id) => registry.groups.find((group) => group[0] === kind && group[1] === id)?.[3];
  const fits = (kind, id, home) => {
    const members = membersOf(kind, id);
    const table = kind === "company" ? registry.companies : registry.chips;
    return (one) => !id || (members ? members.includes(one) : `in:${home(one)}` === id || table[one][0] === id);
  };
  const chips = [...registry.chips.keys()].filter(fits("chip", state.chips, vendor)).filter((chip) => !state.vendor || vendor(chip) === state.vendor);
  return { companies: [...registry.companies.keys()].filter(fits("company", state.companies, home)), chips };
}

/** Gather those whose answers are the same throughout. */
function alike(all, key) {
  const found = new Map();
  for (const one of all) found.set(key(one), [...(found.get(key(one)) ?? []), one]);
  return [...found.values()];
}

/** The rows and columns, each a list of those that share it. */
function shapeOf({ companies, chips }, possible) {
  if (state.each) {
    const byVendor = [...chips].sort((a, b) => vendor(a).localeCompare(vendor(b), "en") || a - b);
    return { down: companies.map((company) => [company]), across: byVendor.map((chip) => [chip]) };
  }
  return {
    down: alike(companies, (company) => [home(company), ...chips.map((chip) => possible(company, chip))].join()),
    across: alike(chips, (chip) => companies.map((company) => possible(company, chip)).join()),
  };
}

/** The table as it stands. While its shape stays, only what changed is drawn anew. */
let board = { shape: "", cells: [] };

function drawBoard(point) {
  const answers = new Map();
  const possible = (company, chip) => {
    const cell = atlas.cell(company, chip);
    const place = data.cells[cell];
    if (!answers.has(place)) answers.set(place, shown(atlas.at(cell, point)));
    return answers.get(place);
  };
  const { down, across } = shapeOf(chosen(), possible);
  const coming = across.flat().filter((chip) => !atlas.isLaunched(chip, point));
  const shape = JSON.stringify([down, across, coming, registry.since]);
  if (shape !== board.shape) board = { shape, cells: buildBoard(down, across, coming) };
  const here = hashOf({ ...state, cell: null });
  for (const cell of board.cells) tellCell(cell, here, possible(cell.company, cell.chip));
}

function buildBoard(down, across, coming) {
  const named = (table, group) => group.map((one) => table[one][1]).join(", ");
  const chips = (group) => group.map((chip) => `${registry.chips[chip][1]}${coming.includes(chip) ? " (before its launch)" : ""}`).join(", ");
  const rows = down.map(([company]) => across.map(([chip]) => newCell(company, chip)));
  const row = (place) => make("tr", {}, make("th", { scope: "row" }, named(registry.companies, down[place])), ...rows[place].map((cell) => cell.element));
  const sections = alike(down.keys(), (place) => home(down[place][0]));
  const nameOf = ([place]) => home(down[place][0]);
  sections.sort((a, b) => (nameOf(b) === "CN") - (nameOf(a) === "CN") || (nameOf(a) < nameOf(b) ? -1 : 1));
  byId("board").replaceChildren(
    make("caption", { class: "unseen" }, "The import status of companies (rows) and chips (columns)"),
    make("thead", {}, make("tr", {}, make("td"), ...across.map((group) => make("th", { scope: "col" }, chips(group))))),
    ...sections.map((places) => make("tbody", {},
      make("tr", { class: "section" }, make("th", { scope: "rowgroup", colspan: across.length + 1 }, make("span", {}, nameOf(places)))), ...places.map(row))));
  return rows.flat();
}

function newCell(company, chip) {
  const number = atlas.cell(company, chip);
  const link = make("a", { id: `cell-${number}` });
  return { company, chip, number, link, element: make("td", {}, link), path: `&cell=${pathOf(number)}`, possible: null };
}

function tellCell(cell, here, possible) {
  cell.link.setAttribute("href", here + cell.path);
  cell.link.setAttribute("aria-current", cell.number === state.cell);
  if (possible === cell.possible) return;
  cell.possible = possible;
  cell.element.className = classOf(possible);
  cell.link.textContent = textOf(possible);
}

/* One cell */

const sourceList = (places) => list("sources", places.map((place) => {
  const [line, address, says] = data.sources[place];
  return [link(address, line), says ? `: ${says}` : ""];
}));
const DOUBT = { certainly: "", possibly: ", counts possibly", "not at all": ", heard, not counted" };

function claimItem(claim) {
  const about = claim.events.map((place) => data.events_about[place]);
  const events = about.map(([name, says, counts, sources]) => [`${says}${DOUBT[counts]} (${name})`, sourceList(sources)]);
  const word = claim.sources.length > 1 ? [make("p", { class: "soft" }, claim.word)] : [];
  return [make("b", {}, claim.called), ` ${claim.authority}, ${claim.says}${DOUBT[claim.counts]}: ${claim.scope}, from ${claim.start}`, ...word,
    sourceList(claim.sources), ...(events.length ? [list("events", events)] : [])];
}

/** The conditions that bind at a gate, claim by claim. */
function conditionList(gate) {
  const items = gate.conditions.map(([claim, key, wording, surely]) =>
    [make("b", {}, key), ` ${wording} (${data.claims[claim].called}, ${surely ? "certainly" : "possibly"})`]);
  return items.length ? [make("h4", {}, "Conditions that bind"), list("conditions", items)] : [];
}

function leftList(gate, point) {
  const found = atlas.claims(gate).map((claim) => [data.claims[claim].called, atlas.left(claim, point)]).filter(([, left]) => left);
  return found.map(([called, left]) => make("p", { class: "left" }, `Of ${called}: ${left.at(-1)}`));
}

function gateSection(gate, cell, point) {
  const words = atlas.statuses(gate.possible);
  const claims = atlas.claims(gate).map((number) => claimItem(atlas.claim(number, point)));
  const silent = `Nothing is recorded that forbids or permits it here, so any status ${words.includes("cleared") ? "is possible" : "up to conditional is possible"}.`;
  return make("section", {}, make("h3", {}, limitedBy(cell) && cell.limiting.includes(gate.name) ? `${gate.name}, limits it` : gate.name),
    make("p", {}, badge(gate.possible), sureness(words) === "uncertain" ? ` possible: ${words.map(spaced).join(", ")}` : ""),
    make("p", { class: "soft" }, gate.word ? `Last word here: ${dateWords(iso(gate.word))}.` : "There is no report on the cell here."),
    ...leftList(gate, point), ...conditionList(gate),
    claims.length ? list("claims", claims) : make("p", { class: "soft" }, silent));
}

function intervalList(title, intervals, from) {
  const items = intervals.map((each) => [`${each.from ? `from ${from(each.from)}` : "before"}: `, badge(shown(each)), limitedBy(each)]);
  return make("details", {}, make("summary", {}, title), list("spells", items));
}

/** A step chart: for each stretch of days, a band from the lowest to the highest possible status. */
function chart(intervals, name) {
  const [left, top, row, width] = [86, 6, 20, 620];
  const [right, bottom] = [left + width, top + row * data.statuses.length];
  const days = [...intervals.map((each) => data.days[each.from]).filter((day) => day > state.at - LOOK_BACK), state.at];
  const [first, last] = [days.reduce((a, b) => Math.min(a, b)) - 30, days.reduce((a, b) => Math.max(a, b)) + 30];
  const x = (day) => Number((left + (width * (Math.min(Math.max(day, first), last) - first)) / (last - first)).toFixed(1));
  const y = (status) => bottom - row * (data.statuses.indexOf(status) + 1);
  const bands = intervals.map((each, i) => {
    const words = atlas.statuses(each.possible);
    const [start, end] = [x(data.days[each.from]), i + 1 < intervals.length ? x(data.days[intervals[i + 1].from]) : right];
    const height = y(words[0]) - y(words.at(-1)) + row - 4;
    return make("rect", { class: `band ${statusClass(words)}`, x: start, y: y(words.at(-1)) + 2, width: end - start, height });
  });
  const mark = (day, y, anchor) => make("text", { x: x(day), y, "text-anchor": anchor }, dateWords(iso(day)));
  const drawing = make("svg", { class: "days", viewBox: `0 0 ${right + 10} ${bottom + 34}`, role: "img", "aria-label": `${name}, day by day; the list below tells the same` },
    ...data.statuses.map((status) => make("text", { x: left - 6, y: y(status) + 14, "text-anchor": "end" }, spaced(status))),
    ...data.statuses.map((status) => make("line", { class: "year", x1: left, x2: right, y1: y(status) + row, y2: y(status) + row })),
    ...bands, make("line", { class: "now held", x1: x(state.at), x2: x(state.at), y1: top, y2: bottom }),
    mark(first, bottom + 14, "start"), mark(last, bottom + 14, "end"), mark(state.at, bottom + 28, x(state.at) < (left + right) / 2 ? "start" : "end"));
  return make("div", { class: "scroll", role: "region", "aria-label": "The chart, scrollable", tabindex: 0 }, drawing);
}

/** The companies and chips that have pages beside the board, and whether their cells have; none do in a file by itself. */
const pages = JSON.parse(document.querySelector("[data-pages]")?.dataset.pages ?? '{"company":[],"chip":[]}');

/** Links to the pages of a cell, of its company and of its chip, where there are such. */
function pagesOf(cell) {
  const { company, chip } = atlas.place(cell);
  const [one, other] = [atlas.company(cell), atlas.chip(cell)];
  const [isOne, isOther] = [pages.company.includes(one), pages.chip.includes(other)];
  const links = [
    ...(pages.cells && isOne && isOther ? [[`cell/${one}/${other}.html`, "Everything about it"]] : []),
    ...(isOne ? [[`company/${one}.html`, `All of ${registry.companies[company][1]}`]] : []),
    ...(isOther ? [[`chip/${other}.html`, `All of ${registry.chips[chip][1]}`]] : []),
  ].flatMap(([href, text], place) => [...(place ? [" · "] : []), make("a", { href }, text)]);
  return links.length ? [make("p", {}, ...links, ", at the dates of this export")] : [];
}

/** How sure a cell's status is, and what limits it. */
function verdict(cell) {
  if (!cell.gates.length) return " The chip comes from the company's own jurisdiction: there is no import, and no gate to pass.";
  const words = atlas.statuses(cell.possible);
  return `${sureness(words) === "uncertain" ? ` possible: ${words.map(spaced).join(", ")}` : ""}${limitedBy(cell)}`;
}

/** What a cell would be if its silent gates were open, and whether the day is before the launch of the chip. */
function remarks(cell, chip, point) {
  const silent = cell.gates.filter((gate) => gate.open).map((gate) => gate.name);
  return [
    ...(silent.length ? [make("p", {}, `Nothing is recorded that forbids or permits it at ${silent.join(" and ")}. Were ${silent.length === 1 ? "this gate" : "these gates"} open, the cell would be `, badge(cell.ifOpen), ".")] : []),
    ...(atlas.isLaunched(chip, point) ? [] : [make("p", {}, "The day is before its launch.")]),
  ];
}

function drawPanel(point) {
  byId("cell").hidden = state.cell === null;
  if (state.cell === null) return byId("cell").replaceChildren();
  const { company, chip } = atlas.place(state.cell);
  const name = `${registry.companies[company][1]} × ${registry.chips[chip][1]}`;
  const cell = atlas.at(state.cell, point);
  const last = Math.max(0, ...cell.gates.map((gate) => gate.word));
  const days = atlas.intervals(state.cell, point, "day");
  const known = atlas.intervals(state.cell, point, "known");
  byId("cell").replaceChildren(
    make("h2", { id: "cell-name" }, name), make("p", {}, badge(shown(cell)), verdict(cell)), ...remarks(cell, chip, point),
    make("p", { class: "soft" }, last ? `Last report on it: ${dateWords(iso(last))}.` : "No report on it."),
    make("div", { class: "gates" }, ...cell.gates.map((gate) => gateSection(gate, cell, point))),
    make("h3", {}, "Over the days, as known then"), chart(days, name),
    intervalList("The days in words", days, (from) => dateWords(iso(data.days[from]))),
    intervalList("What was known of this day, report by report", known, (from) => momentWords(data.moments[from])),
    ...pagesOf(state.cell),
    make("p", {}, make("a", { href: hashOf({ ...state, cell: null }) }, "Close")));
}

/* Start */

function fill(id, label, values) {
  const options = values.map(([value, text]) => make("option", { value }, text));
  if (options.length) byId(id).append(make("optgroup", { label }, ...options));
}

/** Set a choice; one company or chip by itself, which only an address names, is added to what can be chosen. */
function choose(select, value) {
  if (![...select.options].some((option) => option.value === value)) {
    const named = [...registry.companies, ...registry.chips].find(([id]) => id === value);
    select.append(make("option", { value }, named ? named[1] : value));
  }
  select.value = value;
}

function restore() {
  const before = state.cell;
  state = readHash();
  for (const id of FILTERS) choose(byId(id), state[id]);
  byId("each").checked = state.each;
  draw();
  if (before !== undefined && before !== state.cell) byId(state.cell === null ? `cell-${before}` : "cell")?.focus();
}

function readDates(event) {
  event.preventDefault();
  const text = byId("known").value.trim();
  const known = text === "" ? null : Dates.moment(text);
  byId("known").setCustomValidity(Number.isNaN(known) ? WRONG_DATE : "");
  if (byId("dates-form").reportValidity()) go({ at: Dates.ordinal(byId("at").value), known });
}

/** What the registries of all days have, each once, by its text. */
const ever = (table, pick) => [...new Map(data.registries.flatMap((each) => each[table].map(pick))).entries()].sort(([a], [b]) => (a < b ? -1 : 1));
const groupsOf = (kind) => ever("groups", ([of, id, name]) => [of === kind ? id : "", name]).filter(([id]) => id);
fill("companies", "In", ever("companies", ([, , place]) => [`in:${place}`, place]));
fill("companies", "Groups", groupsOf("company"));
fill("chips", "Groups", groupsOf("chip"));
fill("vendor", "Vendors", ever("chips", ([, , name]) => [name, name]));

byId("dates-form").addEventListener("submit", readDates);
for (const id of ["at", "known"]) byId(id).addEventListener("change", readDates);
byId("known").addEventListener("input", () => byId("known").setCustomValidity(""));
for (const id of ["at-back", "at-on", "known-back", "known-on"]) byId(id).addEventListener("click", () => go(steps[id]));
for (const id of FILTERS) byId(id).addEventListener("change", () => go({ [id]: byId(id).value }));
byId("each").addEventListener("change", () => go({ each: byId("each").checked }));
addEventListener("popstate", restore);
drawFreshness();
restore();
}
