// Zoom and pan; without it the map stands still and its links work.
for (const map of document.querySelectorAll("svg.map[data-closer]")) {
  const { width, height } = map.viewBox.baseVal;
  const on = map.addEventListener.bind(map);
  const held = new Map();
  let [x, y, k] = [0, 0, 1];
  let grip = null;
  let moved = false;

  const fit = (value, low, high) => Math.min(Math.max(value, low), high);
  const show = () => {
    x = fit(x, 0, width - width / k);
    y = fit(y, 0, height - height / k);
    map.setAttribute("viewBox", `${x} ${y} ${width / k} ${height / k}`);
    // a whole map leaves one finger to the page's scrolling
    map.style.touchAction = k > 1 ? "none" : "pan-x pan-y";
  };
  // at: the point that stays, from 0 to 1
  const zoom = (factor, at = [0.5, 0.5]) => {
    const next = fit(k * factor, 1, 12);
    x += at[0] * (width / k - width / next);
    y += at[1] * (height / k - height / next);
    k = next;
    show();
  };
  const share = (point) => {
    const box = map.getBoundingClientRect();
    return [(point.x - box.x) / box.width, (point.y - box.y) / box.height];
  };

  // a phone shows a part: the home with what lies west of it, for most ways lead there
  const home = map.querySelector(".map-home")?.getBBox();
  if (home) {
    const box = map.parentElement;
    box.scrollLeft = (home.x / width) * box.scrollWidth - box.clientWidth * 0.88;
  }

  const bar = document.createElement("div");
  bar.className = "map-zoom";
  map.parentElement.after(bar); // outside of what a phone scrolls
  const button = (textContent, title, factor) => {
    const made = document.createElement("button");
    const onclick = () => zoom(factor);
    Object.assign(made, { type: "button", className: "btn", textContent, title, onclick });
    made.ariaLabel = title;
    bar.append(made);
  };
  button("+", map.dataset.closer, 1.6);
  button("−", map.dataset.wider, 1 / 1.6);
  button("○", map.dataset.whole, 0);

  const roll = (event) => {
    // over the whole map it scrolls the page, unless with Ctrl
    if (k === 1 && !event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), share(event));
  };
  on("wheel", roll, { passive: false });

  // the fingers' middle and distance
  const hold = () => {
    const [a, b = a] = held.values();
    const size = a && (Math.hypot(a.x - b.x, a.y - b.y) || 1);
    return a && { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size };
  };
  on("pointerdown", (event) => {
    moved = held.size > 0;
    held.set(event.pointerId, event);
    grip = hold();
  });
  on("pointermove", (event) => {
    if (!held.has(event.pointerId)) return;
    held.set(event.pointerId, event);
    const now = hold();
    moved ||= Math.hypot(now.x - grip.x, now.y - grip.y) > 4;
    if (!moved) return;
    const [ax, ay] = share(grip);
    const to = share(now);
    x += (ax - to[0]) * (width / k);
    y += (ay - to[1]) * (height / k);
    zoom(now.size / grip.size, to);
    grip = now;
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    on(name, (event) => {
      held.delete(event.pointerId);
      grip = hold();
    });
  }
  // a drag that ends on a dot is no click
  on("click", (event) => moved && event.detail && event.preventDefault(), true);
  on("dragstart", (event) => event.preventDefault());
}
