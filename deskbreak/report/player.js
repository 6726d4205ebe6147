"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const { stages, steps, words } = JSON.parse(byId("plan").textContent);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const figures = [...document.querySelectorAll(".figure")];
  const moments = figures.map((figure) => [...figure.querySelectorAll(".moving .moment")]);
  const shown = figures.map(() => 0);
  const [live, go, reset] = ["live", "go", "reset"].map(byId);
  const [stageText, count, unit, left, said] = ["stage", "count", "unit", "left", "said"].map(byId);
  const [beat, carrier] = [byId("beat"), byId("carrier")];
  /* What only a sequence has. */
  const [number, name, whole, cue] = ["number", "name", "whole", "cue"].map(byId);
  const entries = [...document.querySelectorAll("#entries > li")];
  const GOING_OVER = 1500;
  const STRIDE = 1200;
  const SHOWN_ONCE = 4000;

  let total = 0;
  for (const stage of stages) {
    stage.from = total;
    total += stage.ms;
    stage.to = total;
  }
  /* The stretches of time that have a countdown of their own, and the pieces of the bar. */
  const stretch = (parts) => ({
    from: parts[0].from, to: parts[parts.length - 1].to, work: parts.some((stage) => stage.work),
    beat: parts.some((stage) => stage.beat),
  });
  const stretches = steps.length
    ? steps.map((_step, n) => stretch(stages.filter((stage) => stage.step === n)))
    : [stretch(stages)];
  const pieces = (steps.length > 1 ? stretches : stages).map(({ from, to, work }) => {
    const piece = byId("segments").appendChild(document.createElement("span"));
    piece.style.flexGrow = to - from;
    piece.className = work ? "work" : "";
    return { from, to, bar: piece.appendChild(document.createElement("span")) };
  });

  let running = false;
  let began = 0;
  let kept = 0;
  let announced = null;
  let frame = 0;
  let current = null;

  const elapsed = () => (running ? Math.min(total, performance.now() - began) : kept);
  const sound = metronome(stages, byId("sound"), elapsed, () => running);
  const put = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };
  const within = (part) => Math.min(Math.max(part, 0), 1);
  const eased = (part) => 0.5 - Math.cos(Math.PI * within(part)) / 2;
  const thereAndBack = (part) => eased(1 - Math.abs(1 - 2 * within(part)));
  const clock = (ms) => {
    const seconds = Math.ceil(ms / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  /* Where the figure is between its poses, 0 to 1, so far into a stage. */
  const position = (stage, into, before) => {
    if (stage.shows) return thereAndBack(into / Math.min(SHOWN_ONCE, stage.ms));
    if (!stage.work) return before ? 1 - eased(into / GOING_OVER) : 0;
    const part = (into % stage.each) / stage.each;
    switch (stage.motion) {
      case "stay":
        return eased(into / GOING_OVER);
      case "on-and-on":
        return thereAndBack((into % (2 * STRIDE)) / (2 * STRIDE));
      case "in-turns": {
        /* Quickly over at the beat, then there until the next; the first is done where it stands. */
        const turn = Math.floor(into / stage.each);
        const over = eased(part * 2.5);
        if (turn === 0) return 0;
        return turn % 2 ? over : 1 - over;
      }
      default: {
        const way = Math.max(stage.each - stage.hold, 0) / 2 / stage.each || 0.01;
        return part < 0.5 ? eased(part / way) : eased((1 - part) / way);
      }
    }
  };

  const pose = (figure, part) => {
    if (!moments[figure]?.length) return;
    const wanted = Math.round(part * (moments[figure].length - 1));
    if (wanted === shown[figure]) return;
    moments[figure][shown[figure]].setAttribute("display", "none");
    moments[figure][wanted].removeAttribute("display");
    shown[figure] = wanted;
  };

  const announce = (text) => {
    if (announced !== text) put(said, text);
    announced = text;
  };

  /* The page turns to another step of a sequence; the step after the last one is its end. */
  const turn = (step) => {
    if (step === current) return;
    entries.forEach((entry, n) => {
      const details = entry.querySelector("details");
      if (n === current && details) details.open = false;
      if (n === step) {
        entry.setAttribute("aria-current", "step");
        if (details) details.open = true;
      } else {
        entry.removeAttribute("aria-current");
      }
    });
    if (step < steps.length) {
      figures.forEach((figure, n) => { figure.hidden = n !== steps[step].figure; });
      put(cue, steps[step].cue);
      put(number, steps[step].number);
    } else {
      put(cue, words.over);
      put(number, "");
    }
    current = step;
  };

  const draw = () => {
    const now = elapsed();
    const over = now >= total;
    const at = over ? stages.length - 1 : stages.findIndex((stage) => now < stage.to);
    const stage = stages[at];
    const into = Math.min(now, stage.to) - stage.from;
    const { to, beat: beaten } = stretches[stage.step];
    for (const { from, to: end, bar } of pieces) {
      bar.style.transform = `scaleX(${within((now - from) / (end - from))})`;
    }
    if (steps.length) {
      turn(over ? steps.length : stage.step);
      put(name, over ? words.done : stage.heading);
      put(whole, clock(total - now));
    }
    const figure = steps.length ? steps[stage.step].figure : 0;
    put(left, clock(to - now));
    /* The count of what is counted by nothing but its time is what is left of it. */
    left.parentElement.hidden = over || (!stage.counted && stage.to === to);
    if (over) {
      put(stageText, steps.length ? "" : words.done);
      put(count, "✓");
      put(unit, "");
      pose(figure, 0);
    } else {
      put(stageText, stage.label);
      if (stage.counted) {
        put(count, String(Math.min(stage.reps, Math.floor(into / stage.each) + 1)));
        put(unit, `${words.of.replace("{count}", stage.reps)} ${stage.unit}`);
      } else {
        const seconds = Math.ceil((stage.ms - into) / 1000);
        put(count, seconds < 100 ? String(seconds) : clock(stage.ms - into));
        put(unit, seconds < 100 ? "s" : "");
      }
      if (running) announce(stage.said);
      if (running || now > 0) pose(figure, position(stage, into, at > 0));
    }
    if (beat) {
      const side = stage.beat && !over ? 0.5 - Math.cos((Math.PI * into) / stage.each) / 2 : 0.5;
      carrier.style.transform = `translateX(${side * 100}%)`;
      beat.hidden = !beaten || over;
    }
    put(go, running ? words.pause : over ? words.again : now > 0 ? words.resume : words.start);
    live.classList.toggle("resting", !stage.work && now > 0 && !over);
  };

  const pause = () => {
    kept = elapsed();
    running = false;
    sound.hush();
  };

  const step = () => {
    if (!running) return;
    if (elapsed() >= total) {
      kept = total;
      running = false;
      announce(`${words.done}. ${words.over}`.trim());
    }
    draw();
    cancelAnimationFrame(frame);
    if (running) frame = requestAnimationFrame(step);
  };

  const toggle = () => {
    if (running) {
      pause();
      announce(words.paused);
    } else {
      if (kept >= total) kept = 0;
      began = performance.now() - kept;
      running = true;
      announced = null;
      sound.hush();
      sound.click();
    }
    draw();
    step();
  };

  const back = () => {
    pause();
    kept = 0;
    announce("");
    figures.forEach((_figure, n) => pose(n, 0));
    draw();
  };

  go.addEventListener("click", toggle);
  reset.addEventListener("click", back);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") back();
    if (event.key === " " && !event.target.closest("button, summary")) {
      event.preventDefault();
      if (!event.repeat) toggle();
    }
  });
  /* On paper nothing can be opened. */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));
  /* Frames stop while the page is not seen; the clicks and the end do not. */
  setInterval(() => {
    sound.click();
    if (document.hidden) step();
  }, 250);

  const loaded = performance.now();
  const demonstrate = () => {
    const part = (performance.now() - loaded) / SHOWN_ONCE;
    if (running || kept > 0 || calm.matches) return;
    pose(0, thereAndBack(part));
    if (part < 1) requestAnimationFrame(demonstrate);
  };

  document.documentElement.classList.add("alive");
  document.querySelectorAll(".moving, #live").forEach((part) => { part.hidden = false; });
  draw();
  demonstrate();
})();
