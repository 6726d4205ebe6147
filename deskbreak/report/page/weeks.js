/* The weeks as a calendar, and the days against the goal. */
const [FIRST, LAST] = [plan.days[0], Math.max(plan.days[plan.days.length - 1], plan.shown)];
const STEPS = [120, 240, 360, 420, 480];
const SPAN = 28;
const monday = (day) => day - weekday(day);
const step = (minutes) => STEPS.filter((limit) => minutes >= limit).length;
let weeksUntil = monday(LAST);

const dayLines = (day) => {
  const n = place.get(day);
  if (n === undefined) return [inShort(day), say("no_log")];
  return [inShort(day), `${say("sitting")}: ${duration(sitting(n))}`, `${say("goal")}: ${duration(figure(n, "goal"))}`];
};

/* As many weeks as there is room for, up to the one that begins on `weeksUntil`. */
const showWeeks = (chosen, choose) => {
  const calendar = byId("calendar");
  const room = calendar.clientWidth || 640;
  const left = 34;
  const size = room < 500 ? 18 : 22;
  const logged = Math.max(13, (monday(LAST) - monday(FIRST)) / 7 + 1);
  const count = Math.max(4, Math.min(53, logged, Math.floor((room - left) / size)));
  const first = weeksUntil - 7 * (count - 1);
  const side = Math.min(34, (room - left) / count);
  const top = 22;
  const height = top + 7 * side + 4;
  /* A sheet of paper has less room than the window had. */
  const svg = draw("svg", { width: "100%", height, viewBox: `0 0 ${room} ${height}`, preserveAspectRatio: "xMinYMin" });
  const items = [];
  for (const row of [0, 2, 4])
    svg.append(draw("text", { class: "hour", x: 0, y: top + (row + 0.68) * side }, names.weekdays[row].slice(0, 3)));
  const mondays = Array.from({ length: count }, (_none, column) => parts(first + 7 * column));
  const changes = mondays.flatMap(({ month }, column) => (month !== mondays[column - 1]?.month ? [column] : []));
  changes.forEach((column, n) => {
    const { month, year } = mondays[column];
    const free = ((changes[n + 1] ?? count) - column) * side;
    const withYear = (!n || month === names.months[0]) && free > 64;
    const text = withYear ? `${month.slice(0, 3)} ${year}` : month.slice(0, 3);
    if (free > 28) svg.append(draw("text", { class: "hour", x: left + column * side, y: 13 }, text));
  });
  for (let column = 0; column < count; column += 1) {
    for (let row = 0; row < 7; row += 1) {
      const day = first + 7 * column + row;
      const n = place.get(day);
      const kind = n !== undefined && sitting(n) ? `step-${step(sitting(n))}` : "none";
      const box = { x: left + column * side, y: top + row * side, width: side - 3, height: side - 3 };
      if (day > LAST) continue;
      svg.append(draw("rect", { class: `cell ${kind}`, rx: 3, ...box }));
      if (day === chosen) svg.append(draw("rect", {
        class: "chosen", rx: 4, x: box.x - 1.5, y: box.y - 1.5, width: side, height: side }));
      items.push({
        day, lines: dayLines(day), reach: 2,
        box: { x: box.x / room, width: box.width / room, y: box.y, height: box.height },
      });
    }
  }
  calendar.replaceChildren(svg);
  const last = items[items.length - 1].day;
  explore(svg, say("calendar", { from: inFull(first), to: inFull(last) }), items, {
    across: 7, choose, start: items.findIndex((item) => item.day === chosen),
  });
  byId("weeks-before").disabled = first <= FIRST;
  byId("weeks-after").disabled = weeksUntil >= monday(LAST);
  byId("weeks-about").textContent = say("from_to", { from: inFull(first), to: inFull(last) });
  byId("weeks-table").replaceChildren(weeksTable(first, last));
  return count;
};

const weeksTable = (first, last) => {
  const rows = [];
  for (let begins = first; begins <= last; begins += 7) {
    const days = [0, 1, 2, 3, 4, 5, 6].map((row) => place.get(begins + row));
    const spent = days.map((n) => (n === undefined ? null : sitting(n)));
    if (spent.every((each) => each === null)) continue;
    rows.push([iso(begins), ...spent, spent.reduce((sum, each) => sum + (each || 0), 0)]);
  }
  return table({
    caption: say("weeks_table"), kinds: "tdddddddd",
    head: [say("week"), ...names.weekdays.map((name) => name.slice(0, 3)), say("whole")], rows,
  });
};

const scale = (title, none, texts) => {
  const swatch = (kind) => draw("svg", { width: 18, height: 18, "aria-hidden": "true" },
    draw("rect", { class: `cell ${kind}`, x: 1, y: 1, width: 16, height: 16, rx: 3 }));
  return make("ul", { class: "legend" },
    ...(title ? [make("li", {}, title)] : []),
    make("li", {}, swatch("none"), none),
    ...texts.map((text, n) => make("li", {}, swatch(`step-${n}`), text)));
};
/* `0 – 10`, `10 – 20`, `20 +` for limits of 10 and 20. */
const between = (limits, text) => [0, ...limits].map((from, n) =>
  (n < limits.length ? `${text(from)} – ${text(limits[n])}` : `${text(from)} +`));

/* Four weeks at a time, counted back from that of the last day. */
const showBars = (chosen, choose) => {
  const sunday = monday(LAST) + 6;
  const last = sunday - SPAN * Math.floor((sunday - chosen) / SPAN);
  const first = last - SPAN + 1;
  const days = Array.from({ length: SPAN }, (_none, n) => first + n);
  const known = days.filter((day) => place.has(day)).map((day) => place.get(day));
  const top = Math.max(480, ...known.map((n) => Math.max(sitting(n), figure(n, "goal"))));
  const [height, ground, floor] = [196, 164, 14];
  const high = (minutes) => (minutes / top) * (ground - floor);
  const svg = draw("svg", { width: "100%", height });
  for (let hours = 0; hours * 60 <= top; hours += 2) {
    const y = ground - high(hours * 60);
    svg.append(draw("line", { class: "grid", x1: 0, x2: "100%", y1: y, y2: y }));
    if (hours) svg.append(draw("text", { class: "hour", x: 0, y: y - 4 }, duration(hours * 60)));
  }
  const left = 36 / (byId("bars").clientWidth || 640);
  const wide = (1 - left) / SPAN;
  const across = (n) => left + n * wide;
  const items = days.map((day, n) => {
    const at = place.get(day);
    const box = { x: across(n), width: wide * 0.72, y: ground, height: 0 };
    if (at !== undefined) {
      const [sat, goal] = [sitting(at), figure(at, "goal")];
      const part = Math.min(sat, goal);
      box.height = Math.max(high(sat), 2);
      box.y = ground - box.height;
      const [x, width] = [percent(box.x), percent(box.width)];
      svg.append(draw("rect", { class: "sitting", x, width, y: ground - high(part), height: high(part) }));
      if (sat > goal)
        svg.append(draw("rect", { class: "beyond", x, width, y: box.y, height: high(sat) - high(part) }));
      const y = ground - high(goal);
      svg.append(draw("line", {
        class: "mark", x1: percent(box.x - wide * 0.1), x2: percent(box.x + wide * 0.82), y1: y, y2: y }));
    }
    if (day === chosen)
      svg.append(draw("rect", {
        class: "below", x: percent(box.x), width: percent(box.width), y: ground + 4, height: 4, rx: 2 }));
    if (!weekday(day)) {
      const { day: number, month } = parts(day);
      svg.append(draw("text", { class: "hour", x: percent(box.x), y: ground + 26 },
        `${number} ${month.slice(0, 3)}`));
    }
    return { day, lines: dayLines(day), box: { ...box, y: floor, height: ground - floor + 8 }, reach: 2 };
  });
  byId("bars").replaceChildren(svg);
  explore(svg, say("bars", { from: inFull(first), to: inFull(last) }), items, { start: chosen - first, choose });
  /* Short days are shown and count in no mean, and days off against no goal: `core/usual.py`, `core/goals.py`. */
  const complete = known.filter((n) => figure(n, "met") !== null);
  const judged = complete.filter((n) => !figure(n, "off"));
  const mean = Math.floor(complete.reduce((sum, n) => sum + sitting(n), 0) / (complete.length || 1));
  byId("days-about").textContent = say("within", {
    number: judged.filter((n) => figure(n, "met")).length, count: judged.length, length: duration(mean) });
  byId("days-table").replaceChildren(table({
    caption: say("days_table"), kinds: "tddnddn",
    head: [say("day"), say("sitting"), say("goal"), say("breaks"), say("longest_short"), say("long_short"),
      say("exercises")],
    rows: known.map((n) => [
      inFull(plan.days[n]), sitting(n), figure(n, "goal"),
      plan.figures.breaks.reduce((sum, column) => sum + column[n], 0),
      figure(n, "longest"), figure(n, "long_time"), figure(n, "exercises")]),
  }));
};
