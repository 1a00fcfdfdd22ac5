// The time bar of the pages and of the explorer: two handles that snap to turns and reports, and a scale to be zoomed.
"use strict";

/** Days are ordinals. */
const Days = (() => {
  const EPOCH = 719163; // the ordinal of 1970-01-01
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const iso = (day) => new Date((day - EPOCH) * 86400000).toISOString().slice(0, 10);
  const ordinal = (text) => Date.parse(text.slice(0, 10)) / 86400000 + EPOCH;

  /** A day, or an instant such as 2026-01-28T12:00Z, for reading. */
  function words(text) {
    const day = `${Number(text.slice(8, 10))} ${MONTHS[Number(text.slice(5, 7)) - 1]} ${text.slice(0, 4)}`;
    return text.length > 10 ? `${day}, ${text.slice(11, -1)} UTC` : day;
  }

  return { MONTHS, iso, ordinal, words };
})();

/** Addresses gone to. Steps of one handle by keys share one entry of the history, until something else is used. */
const Visits = (() => {
  let moving = null;
  const stop = () => { moving = null; };
  addEventListener("pointerdown", stop);
  addEventListener("popstate", stop);
  addEventListener("focusin", (event) => { if (event.target.id !== moving) stop(); });

  /** `handle` is the id of the handle that keys moved, if any did. */
  function add(address, handle = null) {
    const isSame = new URL(address, location.href).href === location.href;
    if (handle !== null && handle === moving) history.replaceState(null, "", address);
    else if (!isSame) history.pushState(null, "", address);
    moving = handle;
  }

  return { add };
})();

/** The labels of a scale: at most ten years, or quarters where it is about as long as two years. As web/timebar.py has it. */
function scaleLabels(low, high) {
  const [start, end] = [low, high].map((day) => Number(Days.iso(day).slice(0, 4)));
  const first = (year, month) => Days.ordinal(`${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`);
  const found = [];
  if (high - low < 800) {
    for (let year = start; year <= end; year++) {
      for (const month of [1, 4, 7, 10]) found.push({ day: first(year, month), text: month === 1 ? String(year) : Days.MONTHS[month - 1] });
    }
    return found.filter(({ day }) => day >= low && day <= high);
  }
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((each) => end - start <= 10 * each);
  for (let year = (Math.floor(start / step) + 1) * step; year <= end; year += step) {
    found.push({ day: first(year, 1), text: String(year).padStart(4, "0") });
  }
  return found;
}

/** How many days the scale shows, as chosen last, the first of them, and the handle around which they lie. At first
 *  five years: a single early report would leave the last months no room. */
const view = { length: 1826, low: NaN, held: "at" };

/** Two handles over the drawing of a time bar, "at" and "known", and the choice of its scale. */
class Handles {
  /** `moved(name, day, how)` is told where a handle was put: "on the way", "let go" or "by key". */
  constructor(form, moved) {
    this.middle = form.querySelector(".middle");
    this.moved = moved;
    this.sliders = {};
    this.isOnTheWay = false;
    for (const [name, clock] of [["at", "held"], ["known", "learned"]]) {
      const slider = Object.assign(document.createElement("input"), { type: "range", step: 1, className: clock, id: `${name}-slider` });
      slider.setAttribute("aria-label", form.querySelector(`label[for=${name}]`).textContent);
      slider.addEventListener("input", () => this.put(name, this.nearest(name, Number(slider.value)), "on the way"));
      slider.addEventListener("change", () => this.put(name, this.nearest(name, Number(slider.value)), "let go"));
      slider.addEventListener("keydown", (event) => this.press(name, event));
      this.sliders[name] = slider;
      this.middle.append(slider);
    }
    this.addZoom(form);
  }

  addZoom(form) {
    this.zoom = Object.assign(document.createElement("select"), { id: "zoom" });
    this.zoom.addEventListener("change", () => { view.length = Number(this.zoom.value); view.low = NaN; this.draw(); });
    this.label = Object.assign(document.createElement("label"), { className: "zoom" });
    this.label.append("Scale ", this.zoom);
    form.append(this.label);
  }

  /** Show the days from `first` to `last`: where the handles may be put (`marks`), and where they are (`now`, `said`).
   *  A moment of knowledge within a day lies half a day before the end of it. */
  show(shown) {
    this.shown = shown;
    const lengths = [[Infinity, "all years"], [1826, "5 years"], [365, "1 year"]];
    const fitting = lengths.filter(([days]) => days === Infinity || days < shown.last - shown.first);
    this.zoom.replaceChildren(...fitting.map(([days, text]) => new Option(text, days)));
    if (!fitting.some(([days]) => days === view.length)) view.length = Infinity;
    this.zoom.value = String(view.length);
    this.label.hidden = fitting.length === 1;
    this.draw();
  }

  /** Bring the handle that was used last into sight, and away from an end beyond which there is more. */
  look() {
    const { first, last, now } = this.shown;
    const length = Math.min(view.length, last - first);
    const [day, edge] = [now[view.held], length / 20];
    const isNearEnd = day < view.low + edge || day > view.low + length - edge;
    if (Number.isNaN(view.low) || (isNearEnd && !this.isOnTheWay)) view.low = Math.round(day - length / 2);
    view.low = Math.min(Math.max(view.low, first), last - length);
    return [view.low, view.low + length];
  }

  draw() {
    const [low, high] = this.look();
    const { first, now, said } = this.shown;
    for (const [name, slider] of Object.entries(this.sliders)) {
      Object.assign(slider, { min: low, max: high, value: now[name] });
      slider.setAttribute("aria-valuetext", said[name]);
    }
    for (const drawing of this.middle.querySelectorAll("svg.scale")) drawing.setAttribute("viewBox", `${low - first} 0 ${Math.max(1, high - low)} 44`);
    const labels = scaleLabels(low, high);
    this.middle.querySelector("path.year").setAttribute("d", labels.map(({ day }) => `M${day - first} 0v44`).join(""));
    this.middle.querySelector("svg.years").replaceChildren(...labels.map(({ day, text }) => {
      const label = document.createElementNS("http://www.w3.org/2000/svg", "text");
      label.setAttribute("x", `${((100 * (day - low)) / Math.max(1, high - low)).toFixed(2)}%`);
      label.setAttribute("y", "12");
      label.textContent = text;
      return label;
    }));
  }

  put(name, day, how) {
    view.held = name;
    this.isOnTheWay = how === "on the way";
    this.shown.now[name] = day;
    this.shown.said[name] = Days.words(Days.iso(day));
    this.draw();
    this.moved(name, day, how);
  }

  /** The mark nearest to a day, of those in sight; the day itself where there is none. */
  nearest(name, day) {
    const inSight = this.shown.marks[name].filter((mark) => mark >= view.low && mark <= Number(this.sliders[name].max));
    return inSight.reduce((best, mark) => (Math.abs(mark - day) < Math.abs(best - day) ? mark : best), inSight[0] ?? day);
  }

  press(name, event) {
    const marks = this.shown.marks[name];
    const now = this.shown.now[name];
    const [before, after] = [marks.filter((mark) => mark < now), marks.filter((mark) => mark > now)];
    const places = {
      ArrowLeft: before.at(-1), ArrowDown: before.at(-1), ArrowRight: after[0], ArrowUp: after[0],
      PageDown: before.at(-10) ?? before[0], PageUp: after[9] ?? after.at(-1), Home: before[0], End: after.at(-1),
    };
    if (!(event.key in places) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (places[event.key] !== undefined) this.put(name, places[event.key], "by key");
  }
}
