"use strict";
/* The sound: what is due soon is given to the sound card ahead of time, and taken back by a pause.
   `button` switches it; `elapsed` tells how many ms of the stages are over, `running` whether they go on. */
const metronome = (stages, button, elapsed, running) => {
  const AHEAD = 1500;
  let audio = null;
  let gate = null;
  let queued = 0;
  const wanted = () => button.getAttribute("aria-pressed") === "true";

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

  /* To be called more often than every `AHEAD` ms. */
  const click = () => {
    if (!running() || !wanted()) return;
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

  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(!wanted()));
    hush();
    click();
  });
  return { hush, click };
};
