/* What the days of a period have in common, drawn from the cells of its tables. */
const FATES = names.fates.map(([kind]) => kind);
const SHADES = [10, 20, 30, 40, 50];

const emptied = (id, rows) => {
  byId(id).replaceChildren(...(rows.length ? [] : [make("p", { class: "nothing" }, say("nothing"))]));
  return rows.length > 0;
};
const put = (id, svg, label, items, options) => {
  byId(id).replaceChildren(svg);
  explore(svg, label, items, options);
};

/* Hours down, weekdays across: the darker and the fuller a cell, the longer was sat in one go. */
const showHeat = ({ rows }) => {
  if (!emptied("heat", rows)) return;
  const [left, top, line] = [0.14, 22, Math.max(22, Math.min(36, Math.floor(430 / rows.length)))];
  const wide = (1 - left) / 7;
  const svg = draw("svg", { width: "100%", height: top + rows.length * line + 4 });
  names.weekdays.forEach((name, n) => svg.append(draw("text", {
    class: "hour", x: percent(left + (n + 0.5) * wide), y: 14, "text-anchor": "middle" }, name.slice(0, 2))));
  const items = rows.flatMap(([hour, ...spent], row) => {
    const y = top + row * line;
    svg.append(draw("text", { class: "hour", x: 0, y: y + line / 2 + 4 }, hour));
    return spent.map((minutes, n) => {
      const box = { x: left + n * wide + 0.004, width: wide - 0.008, y: y + 1, height: line - 3 };
      const shade = SHADES.filter((limit) => minutes >= limit).length;
      const kind = minutes ? `step-${shade}` : "none";
      svg.append(draw("rect", {
        class: `cell ${kind}`, rx: 3, ...box, x: percent(box.x), width: percent(box.width) }));
      return {
        lines: [`${names.weekdays[n]} ${hour}`, say("heat_cell", { length: duration(minutes) })],
        box,
        reach: 2,
      };
    });
  });
  put("heat", svg, say("heat"), items, { down: 7 });
  byId("heat").append(scale(say("minutes_scale"), "0", between(SHADES, String)));
};

const fateLines = (title, counts) => [
  title, ...counts.map((count, n) => count && `${names.fates[n][1]}: ${count}`).filter(Boolean)];

const showHours = ({ rows }) => {
  if (!emptied("hours", rows)) return;
  const [height, ground, floor] = [180, 154, 10];
  const sum = (counts) => counts.reduce((all, count) => all + count, 0);
  const most = Math.max(4, ...rows.map(([, ...counts]) => sum(counts)));
  const svg = draw("svg", { width: "100%", height });
  svg.append(draw("line", { class: "grid", x1: 0, x2: "100%", y1: ground, y2: ground }));
  const wide = 1 / rows.length;
  const items = rows.map(([hour, ...counts], n) => {
    const box = { x: (n + 0.14) * wide, width: wide * 0.72, y: floor, height: ground - floor };
    let y = ground;
    counts.forEach((count, kind) => {
      const high = (count / most) * (ground - floor);
      y -= high;
      if (count) svg.append(draw("rect", {
        class: `fate ${FATES[kind]}`, x: percent(box.x), width: percent(box.width), y, height: high }));
    });
    if (sum(counts)) svg.append(draw("text", {
      class: "count", x: percent(box.x + box.width / 2), y: y - 4, "text-anchor": "middle" }, String(sum(counts))));
    svg.append(draw("text", {
      class: n % 2 ? "hour odd" : "hour", x: percent(box.x + box.width / 2), y: ground + 18,
      "text-anchor": "middle" }, hour.slice(0, 2)));
    return { lines: fateLines(hour, counts), box, reach: 2 };
  });
  put("hours", svg, say("hours_chart"), items);
};

const showLevels = ({ rows }) => {
  if (!emptied("reminder-levels", rows)) return;
  const line = 46;
  const svg = draw("svg", { width: "100%", height: rows.length * line });
  const sums = rows.map(([, ...counts]) => counts.reduce((all, count) => all + count, 0));
  const items = rows.map(([level, ...counts], row) => {
    const y = row * line;
    svg.append(
      draw("text", { class: "name", x: 0, y: y + 14 }, level),
      draw("text", { class: "count", x: "100%", y: y + 14, "text-anchor": "end" }, String(sums[row])));
    let x = 0;
    counts.forEach((count, kind) => {
      const share = count / sums[row];
      if (count) svg.append(draw("rect", {
        class: `fate ${FATES[kind]}`, x: percent(x), width: percent(share), y: y + 20, height: 18 }));
      x += share;
    });
    return { lines: fateLines(level, counts), box: { x: 0, width: 1, y, height: line - 6 }, reach: 2 };
  });
  put("reminder-levels", svg, say("levels_chart"), items);
};

const showExercises = ({ rows }) => {
  if (!emptied("exercises", rows)) return;
  const [line, shown] = [40, rows.slice(0, 8)];
  const most = Math.max(...rows.map((row) => row[1]));
  const svg = draw("svg", { width: "100%", height: shown.length * line });
  const items = shown.map(([name, times, minutes], row) => {
    const y = row * line;
    const text = say(times === 1 ? "once" : "times", { number: times, length: duration(minutes) });
    svg.append(
      draw("text", { class: "name", x: 0, y: y + 14 }, name),
      draw("rect", { class: "whole", x: 0, width: "100%", y: y + 21, height: 8, rx: 4 }),
      draw("rect", { class: "part", x: 0, width: percent(times / most), y: y + 21, height: 8, rx: 4 }),
      draw("text", { class: "count", x: "100%", y: y + 14, "text-anchor": "end" }, String(times)));
    return { lines: [name, text], box: { x: 0, width: 1, y, height: line - 6 }, reach: 2 };
  });
  put("exercises", svg, say("exercises_chart"), items);
};

const showPeriod = (period) => {
  const tables = period.tables;
  ["heat", "hours", "reminder-levels", "exercises"].forEach((id, n) =>
    byId(`${id}-table`).replaceChildren(table(tables[n])));
  [showHeat, showHours, showLevels, showExercises].forEach((show, n) => show(tables[n]));
  byId("period-about").textContent = say("period", {
    from: inFull(period.first), to: inFull(period.last), count: period.days });
};
