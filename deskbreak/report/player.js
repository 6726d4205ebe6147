"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const { stages, words } = JSON.parse(byId("plan").textContent);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const moments = [...document.querySelectorAll(".moving .moment")];
  const [live, go, reset, sound] = ["live", "go", "reset", "sound"].map(byId);
  const [stageText, count, unit, left, said] = ["stage", "count", "unit", "left", "said"].map(byId);
  const carrier = byId("carrier");
  const GOING_OVER = 1500;
  const STRIDE = 1200;
  const SHOWN_ONCE = 4000;
  const AHEAD = 1500;

  let total = 0;
  for (const stage of stages) {
    stage.from = total;
    total += stage.ms;
    stage.to = total;
  }
  const segments = stages.map((stage) => {
    const segment = byId("segments").appendChild(document.createElement("span"));
    segment.style.flexGrow = stage.ms;
    segment.className = stage.work ? "work" : "";
    return segment.appendChild(document.createElement("span"));
  });

  let running = false;
  let began = 0;
  let kept = 0;
  let announced = null;
  let shown = 0;
  let frame = 0;

  const elapsed = () => (running ? Math.min(total, performance.now() - began) : kept);
  const put = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };
  const eased = (part) => 0.5 - Math.cos(Math.PI * Math.min(Math.max(part, 0), 1)) / 2;
  const clock = (ms) => {
    const seconds = Math.ceil(ms / 1000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };

  /* Where the figure is between its poses, 0 to 1, so far into a stage. */
  const position = (stage, into, before) => {
    if (!stage.work) return before ? 1 - eased(into / GOING_OVER) : 0;
    const part = (into % stage.each) / stage.each;
    switch (stage.motion) {
      case "stay":
        return eased(into / GOING_OVER);
      case "on-and-on":
        return eased(1 - Math.abs(1 - ((into % (2 * STRIDE)) / STRIDE)));
      case "in-turns": {
        /* Quickly over at the beat, then there until the next; the first is done where it stands. */
        const number = Math.floor(into / stage.each);
        const over = eased(part * 2.5);
        if (number === 0) return 0;
        return number % 2 ? over : 1 - over;
      }
      default: {
        const way = Math.max(stage.each - stage.hold, 0) / 2 / stage.each || 0.01;
        return part < 0.5 ? eased(part / way) : eased((1 - part) / way);
      }
    }
  };

  const pose = (part) => {
    if (!moments.length) return;
    const last = moments.length - 1;
    const wanted = calm.matches ? Math.round(part) * last : Math.round(part * last);
    if (wanted === shown) return;
    moments[shown].setAttribute("display", "none");
    moments[wanted].removeAttribute("display");
    shown = wanted;
  };

  const announce = (text) => {
    if (announced !== text) put(said, text);
    announced = text;
  };

  const draw = () => {
    const now = elapsed();
    const at = Math.max(0, stages.findIndex((stage) => now < stage.to));
    const over = now >= total;
    const stage = over ? stages[stages.length - 1] : stages[at];
    const into = Math.min(now, stage.to) - stage.from;
    const next = over ? undefined : stages[at + 1];
    segments.forEach((segment, n) => {
      const part = (now - stages[n].from) / stages[n].ms;
      segment.style.transform = `scaleX(${Math.min(Math.max(part, 0), 1)})`;
    });
    put(left, clock(total - now));
    if (over) {
      put(stageText, words.done);
      put(count, "✓");
      put(unit, "");
      pose(0);
    } else {
      const label = !stage.work && next ? `${stage.label}. ${words.next} ${next.label}` : stage.label;
      put(stageText, label);
      if (stage.counted) {
        const number = Math.min(stage.reps, Math.floor(into / stage.each) + 1);
        put(count, String(number));
        put(unit, `${words.of.replace("{count}", stage.reps)} ${stage.unit}`);
      } else {
        const seconds = Math.ceil((stage.ms - into) / 1000);
        put(count, seconds < 100 ? String(seconds) : clock(stage.ms - into));
        put(unit, seconds < 100 ? "s" : "");
      }
      if (running) announce(label);
      if (running || now > 0) pose(position(stage, into, at > 0));
    }
    if (carrier) {
      const side = stage.beat && !over ? 0.5 - Math.cos((Math.PI * into) / stage.each) / 2 : 0.5;
      carrier.style.transform = `translateX(${side * 100}%)`;
    }
    put(go, running ? words.pause : over ? words.again : now > 0 ? words.resume : words.start);
    live.classList.toggle("resting", !stage.work && now > 0 && !over);
  };

  /* The sound: what is due soon is given to the sound card ahead of time, and taken back by a pause. */
  let audio = null;
  let gate = null;
  let queued = 0;
  const wanted = () => sound.getAttribute("aria-pressed") === "true";

  const tone = (due, pitch, length) => {
    const start = audio.currentTime + Math.max(0, due - elapsed()) / 1000;
    const voice = audio.createOscillator();
    const loudness = audio.createGain();
    voice.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.25, start);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + length);
    voice.connect(loudness).connect(gate);
    voice.start(start);
    voice.stop(start + length);
  };

  const hush = () => {
    if (gate) gate.disconnect();
    gate = null;
  };

  const click = () => {
    if (!running || !wanted()) return;
    if (!gate) {
      audio = audio || new AudioContext();
      audio.resume();
      gate = audio.createGain();
      gate.connect(audio.destination);
      queued = elapsed();
    }
    const until = elapsed() + AHEAD;
    for (const stage of stages) {
      if (stage.to < queued || stage.from >= until) continue;
      if (stage.to < until) tone(stage.to, 523, 0.4);
      if (!stage.counted) continue;
      for (let n = Math.max(0, Math.ceil((queued - stage.from) / stage.each)); n < stage.reps; n += 1) {
        const due = stage.from + n * stage.each;
        if (due >= until) break;
        tone(due, stage.beat && n % 2 ? 660 : 880, 0.05);
      }
    }
    queued = until;
  };

  const pause = () => {
    kept = elapsed();
    running = false;
    hush();
  };

  const step = () => {
    if (!running) return;
    if (elapsed() >= total) {
      kept = total;
      running = false;
      announce(`${words.done}.`);
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
      hush();
      click();
    }
    draw();
    step();
  };

  const back = () => {
    pause();
    kept = 0;
    announce("");
    pose(0);
    draw();
  };

  go.addEventListener("click", toggle);
  reset.addEventListener("click", back);
  sound.addEventListener("click", () => {
    sound.setAttribute("aria-pressed", String(!wanted()));
    hush();
    click();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") back();
    if (event.key === " " && !event.target.closest("button, summary")) {
      event.preventDefault();
      if (!event.repeat) toggle();
    }
  });
  addEventListener("beforeprint", () => { document.querySelector("details").open = true; });
  /* Frames stop while the page is not seen; the clicks and the end do not. */
  setInterval(() => {
    click();
    if (document.hidden) step();
  }, 250);

  const loaded = performance.now();
  const demonstrate = () => {
    const part = (performance.now() - loaded) / SHOWN_ONCE;
    if (running || kept > 0 || calm.matches) return;
    pose(part < 1 ? eased(1 - Math.abs(1 - 2 * part)) : 0);
    if (part < 1) requestAnimationFrame(demonstrate);
  };

  /* The count of a single stage is what is left of it all. */
  left.parentElement.hidden = stages.length === 1 && !stages[0].counted;
  document.documentElement.classList.add("alive");
  document.querySelectorAll(".moving, #live").forEach((part) => { part.hidden = false; });
  draw();
  demonstrate();
})();
