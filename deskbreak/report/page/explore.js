/* Pictures that tell what is under the pointer, or under a cursor that the arrow keys move. */
const tip = document.body.appendChild(make("div", { class: "tip", "aria-hidden": "true" }));
tip.hidden = true;

const hideTip = () => { tip.hidden = true; };

const showTip = (lines, x, y) => {
  tip.replaceChildren(...lines.map((line, n) => make(n ? "span" : "strong", {}, line)));
  tip.hidden = false;
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  const above = y - tip.offsetHeight - 12;
  tip.style.left = `${Math.max(8, Math.min(x - tip.offsetWidth / 2, room))}px`;
  tip.style.top = `${above > 8 ? above : y + 20}px`;
};

/*
 * `items` are in the order in which the keys go: each has `lines` to be said and a `box` in the picture,
 * { x, width } as shares of its width and { y, height } in pixels, and is found from `reach` pixels away.
 * `across` and `down`: how many items further the keys go. `choose` is done with an item that is clicked, or
 * entered with the Enter key; `start` is where the keys begin.
 */
const explore = (picture, label, items, { across = 1, down = 1, choose = null, start = 0 } = {}) => {
  const cursor = picture.appendChild(draw("rect", { class: "cursor", rx: 2 }));
  cursor.setAttribute("visibility", "hidden");
  let at = Math.max(0, Math.min(start, items.length - 1));
  let pointed = null;

  const mark = (item) => {
    const { x, width, y, height } = item.box;
    /* A sign that stands on a point is framed as far as it is found from. */
    const frame = width || height ? { x: percent(x), width: percent(width), y, height, transform: "" } : {
      x: percent(x), y, width: 2 * item.reach, height: 2 * item.reach, transform: `translate(-${item.reach} -${item.reach})` };
    for (const [name, value] of Object.entries(frame)) cursor.setAttribute(name, value);
    cursor.setAttribute("visibility", "visible");
  };
  const told = (n) => {
    at = n;
    picture.setAttribute("aria-valuenow", n + 1);
    picture.setAttribute("aria-valuetext", items[n].lines.join("; "));
  };
  const leave = () => {
    pointed = null;
    cursor.setAttribute("visibility", "hidden");
    hideTip();
  };
  const showAt = (n) => {
    const { left, top, width } = picture.getBoundingClientRect();
    const { box, lines } = items[n];
    mark(items[n]);
    showTip(lines, left + (box.x + box.width / 2) * width, top + box.y);
  };
  /* The item under this place or nearest to it; of those that lie on each other the smallest. */
  const under = (x, y, width) => {
    let best = null;
    items.forEach((item, n) => {
      const { box } = item;
      const beside = Math.max(0, box.x * width - x, x - (box.x + box.width) * width);
      const above = Math.max(0, box.y - y, y - box.y - box.height);
      const far = Math.max(beside, above);
      if (far > (item.reach)) return;
      const size = box.width * width * box.height;
      if (best === null || far < best.far || (far === best.far && size < best.size)) best = { n, far, size };
    });
    return best && best.n;
  };

  const attributes = {
    role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": 1, "aria-valuemax": items.length,
  };
  if (!items.length) return;
  for (const [name, value] of Object.entries(attributes)) picture.setAttribute(name, value);
  told(at);
  const point = (event) => {
    const { left, top, width } = picture.getBoundingClientRect();
    const n = under(event.clientX - left, event.clientY - top, width);
    if (n === null) leave();
    else {
      if (n !== pointed) mark(items[n]);
      pointed = n;
      showTip(items[n].lines, event.clientX, event.clientY);
    }
  };
  picture.addEventListener("pointermove", point);
  picture.addEventListener("pointerleave", leave);
  picture.addEventListener("blur", leave);
  picture.addEventListener("focus", () => { if (picture.matches(":focus-visible")) showAt(at); });
  picture.addEventListener("click", (event) => {
    /* A finger points only when it taps. */
    point(event);
    if (pointed === null) return;
    told(pointed);
    if (choose) choose(items[pointed]);
  });
  picture.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const far = { ArrowLeft: -across, ArrowRight: across, ArrowUp: -down, ArrowDown: down }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? items.length - 1 : at + (far ?? 0);
    if (event.key === "Escape") hideTip();
    if (event.key === "Enter" && choose) choose(items[at]);
    if (far === undefined && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    /* The days are not gone through as well. */
    event.stopPropagation();
    if (to < 0 || to >= items.length) return;
    told(to);
    showAt(to);
  });
};

document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
addEventListener("scroll", hideTip, { passive: true });
