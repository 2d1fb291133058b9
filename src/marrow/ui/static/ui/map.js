// Zoom and pan for the map. Without this file the map stands still and its links work.
for (const map of document.querySelectorAll("svg.map[data-closer]")) {
  const { width, height } = map.viewBox.baseVal;
  const fingers = new Map();
  let [x, y, k] = [0, 0, 1];
  let grip = null;
  let moved = false;

  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const show = () => {
    x = clamp(x, 0, width - width / k);
    y = clamp(y, 0, height - height / k);
    map.setAttribute("viewBox", `${x} ${y} ${width / k} ${height / k}`);
    // a whole map leaves one finger to the page's own scrolling
    map.style.touchAction = k > 1 ? "none" : "pan-x pan-y";
  };
  // at: the point that stays where it is, from 0 to 1
  const zoom = (factor, at = [0.5, 0.5]) => {
    const next = clamp(k * factor, 1, 12);
    x += at[0] * (width / k - width / next);
    y += at[1] * (height / k - height / next);
    k = next;
    show();
  };
  const share = (point) => {
    const box = map.getBoundingClientRect();
    return [(point.x - box.x) / box.width, (point.y - box.y) / box.height];
  };

  const bar = document.createElement("div");
  bar.className = "map-zoom";
  map.after(bar);
  const button = (textContent, title, factor) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "btn", textContent, title });
    made.setAttribute("aria-label", title);
    made.addEventListener("click", () => zoom(factor));
    bar.append(made);
  };
  button("+", map.dataset.closer, 1.6);
  button("−", map.dataset.wider, 1 / 1.6);
  button("○", map.dataset.whole, 0);

  const onWheel = (event) => {
    // a wheel over the whole map scrolls the page, unless Ctrl asks for the map
    if (k === 1 && !event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), share(event));
  };
  map.addEventListener("wheel", onWheel, { passive: false });

  // the middle of the fingers, and how far apart they are
  const hold = () => {
    const [a, b = a] = fingers.values();
    if (!a) return null;
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size: Math.hypot(a.x - b.x, a.y - b.y) || 1 };
  };
  map.addEventListener("pointerdown", (event) => {
    fingers.set(event.pointerId, event);
    grip = hold();
    moved = false;
  });
  map.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, event);
    const now = hold();
    moved ||= Math.hypot(now.x - grip.x, now.y - grip.y) > 4 || fingers.size > 1;
    if (!moved) return;
    const [from, to] = [share(grip), share(now)];
    x += ((from[0] - to[0]) * width) / k;
    y += ((from[1] - to[1]) * height) / k;
    zoom(now.size / grip.size, to);
    grip = now;
  });
  const release = (event) => {
    fingers.delete(event.pointerId);
    grip = hold();
  };
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    map.addEventListener(name, release);
  }
  // a drag that ends on a dot is not a click on it
  map.addEventListener("click", (event) => moved && event.preventDefault(), true);
  map.addEventListener("dragstart", (event) => event.preventDefault());
}
