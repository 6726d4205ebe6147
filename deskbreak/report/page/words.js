"use strict";
/* The values that the page goes by, and how they are said. */
const plan = JSON.parse(document.getElementById("plan").textContent);
const { names, phrases } = plan;
const HOWS = names.hows.length;
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const byId = (id) => document.getElementById(id);

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const say = (name, values = {}) => fill(phrases[name], values);

/* Whole minutes in words; null where there is nothing to be said. */
const duration = (minutes) => {
  if (minutes === null) return "–";
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (!hours) return say("min", { minutes: rest });
  return rest ? say("h_min", { hours, minutes: rest }) : say("h", { hours });
};

/* A day is its number since the year 1, as in the plan; day 719163 is the first of 1970. */
const dated = (day) => new Date((day - 719163) * 86400000);
const numbered = (text) => Math.floor(Date.parse(`${text}T00:00:00Z`) / 86400000) + 719163;
const iso = (day) => dated(day).toISOString().slice(0, 10);
const weekday = (day) => (day + 6) % 7;
const parts = (day) => {
  const at = dated(day);
  return {
    weekday: names.weekdays[weekday(day)],
    day: at.getUTCDate(),
    month: names.months[at.getUTCMonth()],
    year: at.getUTCFullYear(),
  };
};
const inFull = (day) => say("full_day", parts(day));
const inShort = (day) => say("short_day", parts(day));

/* Figures of the day that stands at this place in the plan. */
const place = new Map(plan.days.map((day, n) => [day, n]));
const figure = (n, name) => plan.figures[name][n];
const sitting = (n) => plan.figures.spent[0][n];

const make = (tag, attributes = {}, ...content) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
};
const draw = (tag, attributes = {}, ...content) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
};
const percent = (share) => `${(share * 100).toFixed(2)}%`;

/* The same table as the page was written with: a letter of `kinds` for each column. */
const table = ({ caption, kinds, head, rows }) => {
  const cell = (tag, scope, kind, text) => {
    const made = make(tag, scope ? { scope } : {}, text);
    if (kind !== "t") made.className = "number";
    return made;
  };
  const text = (value, kind) => (value === null || kind === "d" ? duration(value) : String(value));
  const made = make("table", {}, make("caption", {}, caption));
  made.createTHead().append(
    make("tr", {}, ...head.map((title, n) => cell("th", "col", kinds[n], title))));
  made.createTBody().append(...rows.map((row) => make("tr", {}, ...row.map((value, n) =>
    cell(n ? "td" : "th", n ? "" : "row", kinds[n], text(value, kinds[n]))))));
  const box = { class: "table", tabindex: 0, role: "group", "aria-label": caption };
  return make("div", box, made);
};
