// The search box of a site of files: it looks names and events up in an index that lies beside the pages.
"use strict";

{
const MOST = { names: 8, events: 12 };
const KEYS = { ArrowDown: 1, ArrowUp: -1 };
const form = document.getElementById("find");
const [box, list] = [form.querySelector("input"), document.getElementById("found")];
const address = new URL(form.dataset.index, location.href);

/** A name as names are compared: without case, compatibility forms folded, spaces as one, Chinese in one script. */
function folded(text, [traditional, simplified]) {
  const plain = text.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).join(" ");
  return [...plain].map((letter) => simplified[traditional.indexOf(letter)] ?? letter).join("");
}

let loading;

/** The index, loaded once: a script, as a page that is a file can read no other. */
function loaded() {
  loading ??= new Promise((done) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => {
      const { names, events, scripts: [old, now] } = window.siteIndex;
      const scripts = [[...old], [...now]];
      done({ names, events: events.map((event) => [event, folded(event.slice(0, 4).join(" "), scripts)]), scripts });
    });
    document.head.append(script);
  });
  return loading;
}

/** Those called so, those called just so first; then the events that hold every word, the newest first. */
function found({ names, events, scripts }, text) {
  const wanted = folded(text, scripts);
  if (!wanted) return null;
  const called = names.filter(([, , , words]) => words.some((word) => word.includes(wanted)));
  const exactly = ([, , , words]) => words.includes(wanted);
  const parts = wanted.split(" ");
  return {
    names: [...called.filter(exactly), ...called.filter((each) => !exactly(each))],
    events: events.filter(([, held]) => parts.every((part) => held.includes(part))).map(([event]) => event),
  };
}

function make(name, attributes, ...children) {
  const element = Object.assign(document.createElement(name), attributes);
  element.append(...children);
  return element;
}

const link = (place, text) => make("a", { href: new URL(`../${place}`, address) }, text);
const counted = (count, one, many) => (count ? `${count} ${count === 1 ? one : many}` : "");

function results({ names, events }) {
  const said = [counted(names.length, "name", "names"), counted(events.length, "event", "events")].filter(Boolean).join(", ");
  const more = names.length > MOST.names || events.length > MOST.events ? "; some are left out: add a word" : "";
  const none = "Nothing is called so, and no event holds it. Try a shorter word, or the name in another language.";
  return [
    make("p", { className: "soft" }, said ? `${said} found${more}` : none),
    make("ul", {},
      ...names.slice(0, MOST.names).map(([kind, name, place]) => make("li", {}, link(place, name), " ", make("span", { className: "soft" }, kind))),
      ...events.slice(0, MOST.events).map(([name, day, sentence, , place]) => make("li", {}, link(place, name), " ", make("span", { className: "soft" }, day), make("p", {}, sentence)))),
  ];
}

const said = make("p", { className: "unseen" });
said.setAttribute("role", "status");
form.append(said);

let asked; // the last text wins

async function show() {
  const text = asked = box.value;
  const answer = found(await loaded(), text);
  if (text !== asked) return;
  list.replaceChildren(...(answer ? results(answer) : []));
  list.hidden = !answer;
  said.textContent = answer ? list.querySelector("p").textContent : "";
}

function close() {
  asked = undefined;
  list.hidden = true;
}

box.addEventListener("focus", () => { loaded(); if (box.value) show(); });
box.addEventListener("input", show);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await show();
  list.querySelector("a")?.click();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    box.focus();
    close();
  }
  if (!(event.key in KEYS) || list.hidden) return;
  const stops = [box, ...list.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + KEYS[event.key]];
  event.preventDefault();
  next?.focus();
});
form.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
});
document.addEventListener("click", (event) => { if (!form.contains(event.target)) close(); });
form.hidden = false;
}
