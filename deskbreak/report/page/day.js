/* One day: its ribbon, drawn as `ribbon.py` draws the first one, its figures and its tables. */
const MINUTE = 60;
const HOUR = 60 * MINUTE;

const lived = (day) => plan.lived[day];
const nameOf = (exercise) => plan.exercises[exercise];

/* What the clock on the wall said there. */
const clock = (life, at) => {
  let shift = 0;
  for (const [since, minutes] of life.shifts) if (since <= at) shift = minutes;
  const minutes = Math.floor(at / MINUTE) + shift;
  const two = (number) => String(number).padStart(2, "0");
  return `${two((Math.floor(minutes / 60) % 24 + 24) % 24)}:${two((minutes % 60 + 60) % 60)}`;
};
const fromTo = (life, at, length) =>
  say("from_to", { from: clock(life, at), to: clock(life, at + length) });
const brief = (length) => (length < MINUTE
  ? say("s", { seconds: length }) : duration(Math.floor(length / MINUTE)));

const segmentsOf = (life) => {
  const found = [];
  for (let n = 0; n < life.segments.length; n += 3) {
    const [at, length, kind] = life.segments.slice(n, n + 3);
    const how = kind % HOWS;
    const sure = !plan.ribbon.inferred.includes(how);
    found.push({ at, length, posture: Math.floor(kind / HOWS), how, sure });
  }
  return found;
};
const outcomeOf = (outcome) => (outcome < 0 ? say("no_answer_yet") : names.outcomes[outcome]);
const reminderName = ([, level, , exercise]) => {
  const text = level ? say("reminder", { level }) : say("standing_reminder");
  return exercise < 0 ? text : `${text}: ${nameOf(exercise)}`;
};
const doneName = ([, , exercise, seated]) =>
  nameOf(exercise) + (seated ? ` (${say("in_the_chair")})` : "");
const felt = ([, length, , , rating]) =>
  brief(length) + (rating < 0 ? "" : `, ${names.ratings[rating]}`);
const howKnown = ({ how, sure }) => names.hows[how] + (sure ? "" : ` (${say("inferred")})`);

const ribbonOf = (day, life) => {
  const look = plan.ribbon;
  const [first, last] = life.axis;
  const across = (at) => (at - first) / (last - first);
  const wide = (length) => length / (last - first);
  const svg = draw("svg", { width: "100%", height: look.height });
  const items = [];
  for (let at = first; at <= last; at += HOUR) {
    const x = percent(across(at));
    const anchor = at === first ? "start" : at === last ? "end" : "middle";
    const kind = (at / HOUR) % 2 ? "hour odd" : "hour";
    svg.append(
      draw("line", { class: "grid", x1: x, x2: x, y1: look.top, y2: look.hour - 16 }),
      draw("text", { class: kind, x, y: look.hour, "text-anchor": anchor }, clock(life, at).replace(":00", "")));
  }
  const segments = segmentsOf(life);
  const [long, short] = [segments.filter((each) => !each.posture), segments.filter((each) => each.posture)];
  for (const each of [...long, ...short]) {
    const [kind] = names.postures[each.posture];
    const height = look.heights[each.posture];
    svg.append(draw("rect", {
      class: each.sure ? kind : `${kind} not-sure`,
      x: percent(across(each.at)), y: look.base - height, width: percent(wide(each.length)), height,
    }));
  }
  for (const each of segments) {
    const height = Math.max(look.heights[each.posture], 24);
    items.push({
      at: each.at,
      lines: [
        `${names.postures[each.posture][1]}, ${brief(each.length)}`,
        fromTo(life, each.at, each.length),
        say("known_by", { how: howKnown(each) }),
      ],
      box: { x: across(each.at), width: wide(each.length), y: look.base - height, height },
      reach: 2,
    });
  }
  for (const [at, length] of life.long) {
    const [from, to] = [across(at), across(at + length)];
    svg.append(draw("line", { class: "long", x1: percent(from), x2: percent(to), y1: look.long, y2: look.long }));
    const [, kind] = look.room.find(([room]) => to - from >= room) ?? [];
    if (kind) {
      const x = percent((from + to) / 2);
      svg.append(draw("text", { class: kind, x, y: look.longSaid, "text-anchor": "middle" }, brief(length)));
    }
    items.push({
      at,
      lines: [`${say("bout")}: ${brief(length)}`, fromTo(life, at, length)],
      box: { x: from, width: to - from, y: look.long - 4, height: 20 },
      reach: 2,
    });
  }
  for (const each of life.reminders) {
    const [at, level, outcome] = each;
    const y = look.levels[Math.min(Math.max(level, 1), 3) - 1];
    const x = percent(across(at));
    const glyph = look.fates.at(outcome);
    svg.append(
      draw("line", { class: "stem", x1: x, x2: x, y1: y, y2: look.base }),
      draw("use", { class: "reminder", href: `#${glyph}`, x, y }));
    items.push({
      at,
      lines: [reminderName(each), clock(life, at), outcomeOf(outcome)],
      box: { x: across(at), width: 0, y, height: 0 },
      reach: 9,
    });
  }
  for (const each of life.done) {
    const [at, length, , seated] = each;
    const x = across(at + length / 2);
    const kind = seated ? "activation" : "exercise";
    svg.append(draw("use", { class: "done", href: `#${kind}`, x: percent(x), y: look.exercise }));
    items.push({
      at,
      lines: [doneName(each), clock(life, at), felt(each)],
      box: { x, width: 0, y: look.exercise, height: 0 },
      reach: 9,
    });
  }
  items.sort((one, other) => one.at - other.at);
  explore(svg, say("ribbon", { day: inFull(day) }), items);
  return svg;
};

const goalBar = (n) => {
  const [sat, goal] = [sitting(n), figure(n, "goal")];
  const whole = Math.max(sat, goal, 1) * 1.02;
  return draw("svg", { class: "goal", width: "100%", height: 22, "aria-hidden": "true" },
    draw("rect", { class: "whole", width: "100%", y: 5, height: 12, rx: 6 }),
    draw("rect", { class: "part", width: percent(sat / whole), y: 5, height: 12, rx: 6 }),
    draw("line", { class: "mark", x1: percent(goal / whole), x2: percent(goal / whole), y1: 0, y2: 22 }));
};

/* What was sat on the complete days of the four weeks before, as `core/usual.py` has it. */
const usually = (day) => {
  const sat = plan.days.flatMap((each, n) =>
    (each >= day - 28 && each < day && figure(n, "met") !== null ? [sitting(n)] : []));
  if (sat.length < 3) return "";
  const mean = Math.floor(sat.reduce((sum, each) => sum + each, 0) / sat.length);
  return say("usually", { length: duration(mean), count: sat.length });
};

const summaryOf = (n) => {
  const figures = (name) => figure(n, name);
  const [, standing, moving] = plan.figures.spent.map((column) => column[n]);
  const breaks = plan.figures.breaks.map((column) => column[n]);
  const all = breaks.reduce((sum, each) => sum + each, 0);
  const goal = { goal: duration(figures("goal")) };
  const met = figures("met");
  const against = plan.days[n] === plan.today ? "of_goal_today"
    : met === null ? "too_short" : met ? "of_goal" : "over_goal";
  const kinds = breaks.map((each, kind) => each && `${each} ${names.kinds[kind]}`).filter(Boolean);
  const facts = [
    [say("breaks"), String(all), [kinds.join(", "), all && say("self_started", { number: figures("self_started") })]],
    [say("longest"), duration(figures("longest")), [say("longest_aim", { length: duration(60) })]],
    [say("long"), duration(figures("long_time")), figures("long") ? [
      say("long_share", { share: say("percent", { number: figures("share") }), number: figures("long") }),
      figures("very_long") && say("very_long", { number: figures("very_long") }),
    ] : []],
    [say("per_hour"), figures("per_hour") === null ? "–" : (figures("per_hour") / 10).toFixed(1), []],
    [say("up"), duration(standing + moving), [
      say("up_parts", { standing: duration(standing), moving: duration(moving) })]],
    [say("exercises"), String(figures("exercises")), [
      figures("activations") && say("activations", { number: figures("activations") })]],
  ];
  const usual = figures("usual") === null ? say("no_bout") : say("usual", { length: duration(figures("usual")) });
  const sat = plan.figures.inferred[0][n];
  return [
    make("div", { class: "hero" },
      make("p", { class: "sat" }, make("span", { class: "much" }, duration(sitting(n))), ` ${say(against, goal)}`),
      ...(met === null && against === "too_short" ? [] : [goalBar(n)]),
      make("p", { class: "usual" }, [sat && say("not_sure", { length: duration(sat) }), usual, usually(plan.days[n])]
        .filter(Boolean).join(" "))),
    make("dl", { class: "facts" }, ...facts.map(([label, value, notes]) => make("div", {},
      make("dt", {}, label),
      make("dd", {}, make("span", { class: "value" }, value),
        ...notes.filter(Boolean).map((note) => make("span", { class: "note" }, note)))))),
  ];
};

const tablesOf = (n, life) => {
  const { spent, inferred } = plan.figures;
  const found = [{
    caption: say("by_posture"), kinds: "tdd", head: [say("posture"), say("length"), say("inferred")],
    rows: names.postures.map(([, name], kind) => [name, spent[kind][n], inferred[kind][n]]).filter((row) => row[1]),
  }];
  if (life) {
    const events = [
      ...life.reminders.map((each) => [each[0], [clock(life, each[0]), reminderName(each), outcomeOf(each[2])]]),
      ...life.done.map((each) => [each[0], [clock(life, each[0]), doneName(each), felt(each)]]),
    ];
    found.push({
      caption: say("stretches"), kinds: "ttttt",
      head: [say("clock"), say("until"), say("length"), say("posture"), say("how")],
      rows: segmentsOf(life).map((each) => [
        clock(life, each.at), clock(life, each.at + each.length), brief(each.length),
        names.postures[each.posture][1], howKnown(each)]),
    }, {
      caption: say("events"), kinds: "ttt", head: [say("time"), say("what"), say("outcome")],
      rows: events.sort((one, other) => one[0] - other[0]).map(([, row]) => row),
    });
  }
  return found.map(table);
};

const showDay = (day) => {
  const life = lived(day);
  byId("name").textContent = inFull(day);
  byId("summary").replaceChildren(...summaryOf(place.get(day)));
  byId("ribbon").replaceChildren(...(life ? [ribbonOf(day, life)] : []));
  byId("ribbon-legend").hidden = !life;
  byId("undrawn").hidden = Boolean(life);
  byId("undrawn").textContent = life || plan.since === null ? "" : say("no_ribbon", { day: inFull(plan.since) });
  byId("day-tables").replaceChildren(...tablesOf(place.get(day), life));
};
