// The explorer's data (policytracker/questions/explorer_data.py) as a script reads them. It looks answers up, and decides nothing.
"use strict";

/** Days are ordinals; moments are half seconds since ordinal 0: odd at the end of a day, else an instant. */
const Dates = (() => {
  const { iso, ordinal, words } = Days; // of timebar.js
  const DAY = 172800;
  const EPOCH = ordinal("1970-01-01");
  const [FIRST, LAST] = [1, 3652059]; // 0001-01-01 and 9999-12-31: no other day can be written with four digits
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
    if (data.form !== 2) throw new Error("these data are of another form than this page");
    this.data = data;
    this.stories = data.stories.map((story) => Int32Array.from(story));
    this.words = data.last_words.map((story) => Int32Array.from(story));
    this.moments = data.moments.slice(1); // the first is before all publications
    this.chipCount = data.registries[0].chips.length;
  }

  /** The point of a day and a moment (null: all that is published). */
  point(at, known) {
    const { days, moments } = this.data;
    return { day: upTo(days, at) - 1, known: known === null ? moments.length - 1 : upTo(moments, known) - 1 };
  }

  /** Who is registered, and as what, at a point. The ids and their order are the same at all points. */
  registry(point) { return this.data.registries.findLast(({ since }) => since <= this.data.days[point.day]); }

  place(cell) { return { company: Math.floor(cell / this.chipCount), chip: cell % this.chipCount }; }
  cell(company, chip) { return company * this.chipCount + chip; }
  company(cell) { return this.data.registries[0].companies[this.place(cell).company][0]; }
  chip(cell) { return this.data.registries[0].chips[this.place(cell).chip][0]; }
  statuses(possible) { return this.data.sets[possible][1]; }

  /** What a story tells at a point. Of its rectangles the last one that covers the point counts. */
  told(story, point) {
    for (let i = story.length - 4; i >= 0; i -= 4) {
      if (story[i] <= point.known && story[i + 1] <= point.day && (story[i + 2] < 0 || point.day < story[i + 2])) return story[i + 3];
    }
    return 0;
  }

  /** The gates that the cells of a class may have: of each its number, and those of its two stories. */
  parts(cell) {
    const numbers = this.data.classes[this.data.cells[cell]];
    return Array.from({ length: numbers.length / 3 }, (_, i) => numbers.slice(3 * i, 3 * i + 3));
  }

  /** A cell's possible statuses, its gates, those that limit it, and what it would be if its silent gates were open. */
  at(cell, point) {
    const all = this.parts(cell).map(([gate, story, words]) => {
      const first = 4 * this.told(this.stories[story], point);
      const [possible, open, claims, conditions] = this.data.answers.slice(first, first + 4);
      return { name: this.data.gates[gate], possible, open, claims, conditions: this.data.conditions[conditions], word: this.told(this.words[words], point) };
    });
    const gates = all.filter((gate) => gate.possible); // a cell may have a gate on other days only
    const [possible, limiting] = this.data.cells_of[all.map((gate) => gate.possible).join(".")];
    const [ifOpen] = this.data.cells_of[all.map((gate) => gate.open || gate.possible).join(".")];
    return { possible, gates, limiting: limiting.map((gate) => all[gate].name), ifOpen: gates.some((gate) => gate.open) ? ifOpen : null };
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
    const [, authority, says, scope, start, sources, events, counts, word] = versions.filter(([known]) => known <= point.known).at(-1);
    return { called, authority, says, scope, start, sources, events, counts, word };
  }

  /** What is left of a claim at a point: the least, the most, the unit, whether it is used up, and all this in words; null where nothing is to be told. */
  left(claim, point) {
    const steps = (this.data.left[claim] ?? []).findLast(([known]) => known <= point.known)?.[1] ?? [];
    let amount = 0;
    for (let i = 0; i < steps.length && steps[i] <= point.day; i += 2) amount = steps[i + 1];
    return this.data.amounts[amount];
  }

  /** Whether the day of a point is not before the launch of a chip. */
  isLaunched(chip, point) {
    const launch = this.registry(point).chips[chip][3];
    return launch === null || launch <= this.data.days[point.day];
  }

  /** A cell in the shape of `state --json`, its dates left out. */
  state(cell, point) {
    const { possible, gates, limiting, ifOpen } = this.at(cell, point);
    const words = this.statuses(possible);
    const left = gates.flatMap((gate) => this.claims(gate)).map((claim) => [claim, this.left(claim, point)]).filter(([, amount]) => amount);
    const last = Math.max(0, ...gates.map((gate) => gate.word));
    return {
      company: this.company(cell), chip: this.chip(cell),
      status: this.data.sets[possible][0], possible: words, low: words[0], high: words.at(-1), limited_by: limiting,
      if_open: ifOpen === null ? null : this.statuses(ifOpen),
      gates: gates.map((gate) => ({
        gate: gate.name, status: this.data.sets[gate.possible][0], possible: this.statuses(gate.possible),
        claims: this.claims(gate).map((claim) => this.data.claims[claim].id), last_word: gate.word ? Dates.iso(gate.word) : null,
      })),
      conditions: gates.flatMap((gate) => gate.conditions.map(([claim, key, wording, surely]) => (
        { gate: gate.name, claim: this.data.claims[claim].id, key, wording, binds: surely ? "certainly" : "possibly" }))),
      left: left.length ? left.map(([claim, [min, max, unit, used_up]]) => ({ claim: this.data.claims[claim].id, min, max, unit, used_up })) : null,
      launched: this.isLaunched(this.place(cell).chip, point),
      last_report: last ? Dates.iso(last) : null,
    };
  }

  /** The intervals of one clock ("day" or "known") over which a cell stays the same, the other standing still. */
  intervals(cell, point, clock) {
    const turns = new Set([0]);
    for (const [, number] of this.parts(cell)) {
      const story = this.stories[number];
      for (let i = 0; i < story.length; i += 4) {
        const found = clock === "known" ? [story[i]] : story[i] <= point.known ? [story[i + 1], story[i + 2]] : [];
        for (const turn of found) if (turn > 0) turns.add(turn);
      }
    }
    const found = [...turns].sort((a, b) => a - b).map((from) => ({ from, ...this.at(cell, { ...point, [clock]: from }) }));
    const isSame = (a, b) => a?.possible === b.possible && a.limiting.join() === b.limiting.join();
    return found.filter((each, i) => !isSame(found[i - 1], each));
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
