// What a script adds to pages that work without one: two sliders on the time bar, and moving between dates without a flash.
"use strict";

const EPOCH = 719163; // the ordinal of 1970-01-01
const PARTS = ["main", "form.timebar", "footer"];

const iso = (ordinal) => new Date((ordinal - EPOCH) * 86400000).toISOString().slice(0, 10);
const ordinal = (text) => Date.parse(text.slice(0, 10)) / 86400000 + EPOCH;

/** Lay a slider for each clock over the drawing of the time bar. */
function addSliders(bar) {
  const middle = bar.querySelector(".middle");
  const [first, last] = [Number(bar.dataset.first), Number(bar.dataset.last)];
  for (const name of ["at", "known"]) {
    const input = bar.querySelector(`#${name}`);
    const slider = document.createElement("input");
    const now = input.value ? ordinal(input.value) : last;
    Object.assign(slider, { type: "range", min: first, max: last, step: 1, value: now, className: name === "at" ? "held" : "learned" });
    slider.id = `${name}-slider`;
    const say = () => slider.setAttribute("aria-valuetext", input.value || "everything published");
    slider.setAttribute("aria-label", bar.querySelector(`label[for=${name}]`).textContent);
    say();
    slider.addEventListener("input", () => { input.value = iso(Number(slider.value)); say(); });
    slider.addEventListener("change", () => bar.requestSubmit());
    middle.append(slider);
  }
}

/** The address that a form leads to, without what was left empty. */
function addressOf(form) {
  const address = new URL(form.action);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  return address;
}

let loading; // the last one asked for wins

/** Show another address in place of this one; a full load where that fails. */
async function go(address, isNew) {
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
  if (isNew) history.pushState({}, "", address);
  document.title = page.title;
  for (const part of PARTS) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  enhance();
  const again = focused && (document.getElementById(focused) ?? document.querySelector(`.timebar a[aria-label^="${focused}"]`));
  again?.focus({ preventScroll: true });
  document.getElementById("said").textContent = document.querySelector("footer p:last-of-type").textContent.split("Newest")[0];
}

function enhance() {
  const bar = document.querySelector("form.timebar");
  if (!bar) return;
  addSliders(bar);
  for (const form of document.querySelectorAll("form.timebar, form.choices")) {
    form.addEventListener("submit", (event) => { event.preventDefault(); go(addressOf(form), true); });
  }
  for (const link of bar.querySelectorAll("a[rel]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(link.href, true);
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
  addEventListener("popstate", () => go(location.href, false));
});
