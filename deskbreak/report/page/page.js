/* What moves from day to day and from period to period. */
let chosen = null;
let weeksShown = 1;

const weeks = () => { weeksShown = showWeeks(chosen, choose); };

/* Leads to the day that was chosen in a picture. */
function choose({ day }) {
  if (!place.has(day)) return;
  hideTip();
  go(day);
  byId("name").focus({ preventScroll: true });
  byId("day").scrollIntoView({ behavior: calm.matches ? "auto" : "smooth" });
}

/* Shows a day, and says so in the address, so that there is a link to it. */
const go = (day) => {
  if (!place.has(day) || day === chosen) return;
  chosen = day;
  const hash = `#${iso(day)}`;
  if (location.hash !== hash) history.replaceState(null, "", hash);
  const n = place.get(day);
  byId("before").disabled = n === 0;
  byId("after").disabled = n === plan.days.length - 1;
  byId("latest").disabled = n === plan.days.length - 1;
  document.title = `${fill(plan.called, { day: inFull(day) })} · deskbreak`;
  showDay(day);
  if (day > weeksUntil + 6 || day < weeksUntil - 7 * (weeksShown - 1))
    weeksUntil = Math.min(monday(LAST), monday(day));
  weeks();
  showBars(day, choose);
};
const move = (by) => go(plan.days[place.get(chosen) + by]);

const addressed = () => {
  const day = numbered(location.hash.slice(1));
  return place.has(day) ? day : plan.shown;
};

document.querySelectorAll(".live").forEach((part) => { part.hidden = false; });
/* They are open for readers without a script, who have nothing else. */
document.querySelectorAll("details").forEach((each) => { each.open = false; });
byId("before").addEventListener("click", () => move(-1));
byId("after").addEventListener("click", () => move(1));
byId("latest").addEventListener("click", () => go(plan.days[plan.days.length - 1]));
byId("weeks-before").addEventListener("click", () => {
  weeksUntil -= 7 * weeksShown;
  weeks();
});
byId("weeks-after").addEventListener("click", () => {
  weeksUntil = Math.min(monday(LAST), weeksUntil + 7 * weeksShown);
  weeks();
});
byId("calendar-scale").append(scale("", say("none"), between(STEPS, duration)));
byId("periods").append(...plan.periods.map((period, n) => {
  const button = make("button", { type: "button", "aria-pressed": n === 0 }, period.label);
  button.addEventListener("click", () => {
    for (const other of byId("periods").children) other.setAttribute("aria-pressed", other === button);
    showPeriod(period);
  });
  return button;
}));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  /* A table that is wider than the screen is scrolled. */
  if (event.target.closest(".table")) return;
  if (event.key === "ArrowLeft") move(-1);
  if (event.key === "ArrowRight") move(1);
});
addEventListener("hashchange", () => go(addressed()));
let wide = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === wide) return;
  wide = innerWidth;
  weeks();
  showBars(chosen, choose);
});
/* On paper every table is open; afterwards they are as they were. */
addEventListener("beforeprint", () => document.querySelectorAll("details:not([open])").forEach((each) => {
  each.open = true;
  each.classList.add("for-paper");
}));
addEventListener("afterprint", () => document.querySelectorAll(".for-paper").forEach((each) => {
  each.open = false;
  each.classList.remove("for-paper");
}));
go(addressed());
showPeriod(plan.periods[0]);
