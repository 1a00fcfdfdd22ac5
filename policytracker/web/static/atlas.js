// An atlas (policytracker/questions/atlas.py) as a script reads it. It looks answers up, and decides nothing.
"use strict";

/** Days are ordinals; moments are half seconds since ordinal 0: odd at the end of a day, else an instant. */
const Dates = (() => {
  const EPOCH = 719163; // the ordinal of 1970-01-01
  const DAY = 172800;
  const [FIRST, LAST] = [1, 3652059]; // 0001-01-01 and 9999-12-31: no other day can be written with four digits
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const iso = (day) => new Date((day - EPOCH) * 86400000).toISOString().slice(0, 10);
  const ordinal = (text) => Date.parse(text) / 86400000 + EPOCH;
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && ordinal(text) >= 1 && iso(ordinal(text)) === text;
  const dayOf = (moment) => Math.floor(moment / DAY);
  const endOf = (day) => (day + 1) * DAY - 1;

  /** A moment as it is written: a day for its end, else an instant. */
  function momentText(moment) {
    if ((moment % DAY) % 2) return iso(dayOf(moment));
    const time = new Date((moment % DAY) * 500).toISOString();
    return `${iso(dayOf(moment))}T${time.slice(11, time.slice(17, 19) === "00" ? 16 : 19)}Z`;
  }

  /** A moment from a day or an instant; NaN for anything else. */
  function moment(text) {
    if (isDay(text)) return endOf(ordinal(text));
    const isInstant = /^.{10}T\d\d:\d\d(:\d\d)?Z$/.test(text) && isDay(text.slice(0, 10));
    return isInstant ? EPOCH * DAY + Date.parse(text) / 500 : NaN;
  }

  /** A day, or what `momentText` gives, for reading. */
  function words(text) {
    const day = `${Number(text.slice(8, 10))} ${MONTHS[Number(text.slice(5, 7)) - 1]} ${text.slice(0, 4)}`;
    return text.length > 10 ? `${day}, ${text.slice(11, -1)} UTC` : day;
  }

  return { FIRST, LAST, iso, ordinal, isDay, dayOf, endOf, moment, momentText, words };
})();

/** How many values of an ordered list are not after this one. */
function upTo(list, value) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] <= value) low = middle + 1; else high = middle;
  }
  return low;
}

/** Answers by cell and point. A cell is a number, company by company; a point is a place in `days` and one in `moments`. */
class Atlas {
  constructor(data) {
    if (data.form !== 1) throw new Error("these data are of another form than this page");
    this.data = data;
    this.stories = data.stories.map((story) => Int32Array.from(story));
    this.moments = data.moments.slice(1); // the first is before all publications
  }

  /** The point of a day and a moment (null: all that is published). */
  point(at, known) {
    const { days, moments } = this.data;
    return { day: upTo(days, at) - 1, known: known === null ? moments.length - 1 : upTo(moments, known) - 1 };
  }

  company(cell) { return this.data.companies[Math.floor(cell / this.data.chips.length)]; }
  chip(cell) { return this.data.chips[cell % this.data.chips.length]; }
  cell(company, chip) { return company * this.data.chips.length + chip; }
  words(possible) { return this.data.sets[possible][1]; }

  /** The number of a gate's answer. Of a story's rectangles the last one that covers the point counts. */
  answer(story, point) {
    for (let i = story.length - 4; i >= 0; i -= 4) {
      if (story[i] <= point.known && story[i + 1] <= point.day && (story[i + 2] < 0 || point.day < story[i + 2])) return story[i + 3];
    }
    return 0;
  }

  /** A cell's possible statuses, its gates, and those of them that hold it back. */
  at(cell, point) {
    const [, ...parts] = this.data.classes[this.data.cells[cell]];
    const gates = [];
    for (let i = 0; i < parts.length; i += 2) {
      const first = 3 * this.answer(this.stories[parts[i + 1]], point);
      const [possible, claims, conditions] = this.data.answers.slice(first, first + 3);
      gates.push({ name: this.data.gates[parts[i]], possible, claims, conditions: this.data.conditions[conditions] });
    }
    const [possible, held] = this.data.cells_of[gates.map((gate) => gate.possible).join(".")];
    return { possible, gates, held: held.map((gate) => gates[gate].name) };
  }

  /** The claims that stand at a gate, by number: a list of links, walked from its end. */
  claims(gate) {
    const found = [];
    for (let link = gate.claims; link; link = this.data.links[2 * link - 2]) found.unshift(this.data.links[2 * link - 1]);
    return found;
  }

  /** A claim as it was told at a point. */
  claim(number, point) {
    const { called, versions } = this.data.claims[number];
    const [, authority, says, scope, start, sources, events, certain] = versions.filter(([known]) => known <= point.known).at(-1);
    return { called, authority, says, scope, start, sources, events, certain };
  }

  /** The last publication day of reports on a cell; null where there is none. */
  lastReport(cell, point) {
    const turns = this.data.reports[this.data.classes[this.data.cells[cell]][0]];
    let found = null;
    for (let i = 0; i < turns.length && turns[i] <= point.known; i += 2) {
      found = turns[i + 1] < 0 ? null : Dates.dayOf(this.data.moments[turns[i]]) - turns[i + 1];
    }
    return found;
  }

  /** A cell in the shape of `state --json`, its dates left out. */
  state(cell, point) {
    const { possible, gates, held } = this.at(cell, point);
    const [words, last] = [this.words(possible), this.lastReport(cell, point)];
    return {
      company: this.company(cell)[0], chip: this.chip(cell)[0],
      status: this.data.sets[possible][0], possible: words, low: words[0], high: words.at(-1), held_by: held,
      gates: gates.map((gate) => ({
        gate: gate.name, status: this.data.sets[gate.possible][0], possible: this.words(gate.possible),
        claims: this.claims(gate).map((claim) => this.data.claims[claim].id),
      })),
      conditions: Object.fromEntries(gates.flatMap((gate) => Object.entries(gate.conditions))),
      last_report: last === null ? null : Dates.iso(last),
    };
  }

  /** The stretches of one clock ("day" or "known") over which a cell stays the same, the other standing still. */
  spells(cell, point, clock) {
    const turns = new Set([0]);
    for (const number of this.data.classes[this.data.cells[cell]].filter((_, i) => i && i % 2 === 0)) {
      const story = this.stories[number];
      for (let i = 0; i < story.length; i += 4) {
        const found = clock === "known" ? [story[i]] : story[i] <= point.known ? [story[i + 1], story[i + 2]] : [];
        for (const turn of found) if (turn > 0) turns.add(turn);
      }
    }
    const found = [...turns].sort((a, b) => a - b).map((from) => ({ from, ...this.at(cell, { ...point, [clock]: from }) }));
    const isSame = (a, b) => a?.possible === b.possible && a.held.join() === b.held.join();
    return found.filter((spell, i) => !isSame(found[i - 1], spell));
  }

  /** The days on which an answer of any cell turns, as known at a point. */
  turningDays(point) {
    const turns = new Uint8Array(this.data.days.length);
    for (const story of this.stories) {
      for (let i = 0; i < story.length && story[i] <= point.known; i += 4) {
        turns[story[i + 1]] = 1;
        if (story[i + 2] > 0) turns[story[i + 2]] = 1;
      }
    }
    return this.data.days.filter((_, place) => place && turns[place]);
  }
}
