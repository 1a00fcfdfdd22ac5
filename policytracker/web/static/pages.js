// What a script adds to pages that work without one: two handles on the time bar, and moving between dates without a flash.
"use strict";

const PARTS = ["main", "details.dates", "footer"];

/** Lay the handles over the drawing of the time bar. Its marks are the places of the drawing. */
function addHandles(bar) {
  const form = bar.querySelector("form");
  const [first, last] = [Number(form.dataset.first), Number(form.dataset.last)];
  const [at, known] = ["at", "known"].map((name) => form.querySelector(`#${name}`));
  const marked = (name) => [...form.querySelector(`path.${name}`).getAttribute("d").matchAll(/M(\d+)/g)].map((place) => first + Number(place[1]));
  // At the end of the scale everything published counts.
  const reading = known.value ? Days.ordinal(known.value) - (known.value.length > 10 ? 0.5 : 0) : last;
  const handles = new Handles(form, (name, day, how) => {
    form.querySelector(`#${name}`).value = name === "known" && day >= last ? "" : Days.iso(day);
    if (how !== "on the way") go(addressOf(form), how === "by key" ? `${name}-slider` : null);
  });
  handles.show({
    first, last, marks: { at: marked("turn"), known: [...new Set([...marked("publication"), last])] },
    now: { at: Days.ordinal(at.value), known: reading },
    said: { at: Days.words(at.value), known: known.value ? Days.words(known.value) : "everything published" },
  });
}

/** The address that a form leads to, without what was left empty. */
function addressOf(form) {
  const address = new URL(form.action);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  return address;
}

let loading; // the last one asked for wins

/** Show another address in place of this one; a full load where that fails. `handle`: the one that keys moved there. */
async function go(address, handle, isVisited = false) {
  loading?.abort();
  const mine = loading = new AbortController();
  const focused = document.activeElement?.id || document.activeElement?.getAttribute("aria-label")?.slice(0, 4);
  let page;
  try {
    const reply = await fetch(address, { headers: { accept: "text/html" }, signal: mine.signal });
    page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (!reply.ok || PARTS.some((part) => !page.querySelector(part))) throw new Error(reply.statusText);
  } catch {
    if (!mine.signal.aborted) location.assign(address);
    return;
  }
  if (mine.signal.aborted) return;
  if (!isVisited) Visits.add(address, handle);
  document.title = page.title;
  page.querySelector("details.dates").open = document.querySelector("details.dates").open;
  for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  enhance();
  const again = focused && (document.getElementById(focused) ?? document.querySelector(`.timebar a[aria-label^="${focused}"]`));
  again?.focus({ preventScroll: true });
  document.getElementById("said").textContent = document.querySelector("footer p.dates-used").textContent.split("Newest")[0];
}

/** Only a script can print: the button is there where one runs. */
function addPrint() {
  for (const place of document.querySelectorAll(".tools .print")) {
    place.hidden = false;
    place.querySelector("button").addEventListener("click", () => print());
  }
}

function enhance() {
  addPrint();
  const bar = document.querySelector("details.dates");
  if (!bar) return;
  addHandles(bar);
  for (const form of document.querySelectorAll("form.timebar, form.choices")) {
    form.addEventListener("submit", (event) => { event.preventDefault(); go(addressOf(form)); });
  }
  for (const link of bar.querySelectorAll("a[rel]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(link.href);
    });
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const said = document.createElement("p");
  Object.assign(said, { id: "said", className: "unseen" });
  said.setAttribute("role", "status");
  document.body.append(said);
  enhance();
  // A page that came back with another address than it was loaded with is drawn anew.
  addEventListener("popstate", () => go(location.href, null, true));
});
