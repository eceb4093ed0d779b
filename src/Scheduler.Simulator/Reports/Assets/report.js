// Values under the pointer. The page says everything without this: the numbers stand in the tables.
"use strict";
for (const plot of document.querySelectorAll("svg.plot")) {
  const figure = plot.closest("figure");
  const [left, top, width, height] = plot.dataset.box.split(" ").map(Number);
  const axis = text => {
    const [least, most, kind] = text.split(" ");
    const [from, to] = [Number(least), Number(most)];
    return share => kind === "log" ? from * Math.pow(to / from, share) : from + (to - from) * share;
  };
  const [valueOfX, valueOfY] = [axis(plot.dataset.x), axis(plot.dataset.y)];
  const lines = [...plot.querySelectorAll("path.line")].reverse().map(path => ({
    path,
    group: path.parentNode,
    name: path.dataset.name,
    points: path.getAttribute("d").split(/[ML]/).filter(Boolean).map(pair => pair.split(" ").map(Number)),
  }));
  const cursor = document.createElementNS(plot.namespaceURI, "line");
  cursor.setAttribute("class", "cursor");
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  figure.append(tip);

  // A value is read back from its place in the drawing, which is good for three digits.
  const short = value => value.toLocaleString("en", { maximumSignificantDigits: 3 });
  const times = { s: [1, 0], min: [60, 1], h: [3600, 2] };
  const written = (value, title) => {
    const [, unit] = /\(([^)]*)\)$/.exec(title) ?? [];
    if (unit === undefined) return short(value * 100) + " %";
    if (!(unit in times)) return short(value) + " " + unit;
    const [seconds, digits] = times[unit];
    return (value / seconds).toLocaleString("en", { maximumFractionDigits: digits }) + " " + unit;
  };
  const nearest = (points, x) => {
    let [low, high] = [0, points.length - 1];
    while (high > low + 1) {
      const middle = (low + high) >> 1;
      if (points[middle][0] > x) high = middle; else low = middle;
    }
    return Math.abs(points[high][0] - x) > Math.abs(points[low][0] - x) ? points[low] : points[high];
  };
  const hide = () => { tip.hidden = true; cursor.remove(); };
  plot.addEventListener("pointerleave", hide);
  plot.addEventListener("pointermove", event => {
    const scale = plot.getBoundingClientRect().width / plot.viewBox.baseVal.width;
    const x = (event.clientX - plot.getBoundingClientRect().left) / scale;
    const shown = lines.filter(line => line.points.length > 0).filter(line => getComputedStyle(line.group).display !== "none");
    if (left > x || x > left + width || shown.length === 0) { hide(); return; }
    const at = nearest(shown[0].points, x)[0];
    cursor.setAttribute("x1", at);
    cursor.setAttribute("x2", at);
    cursor.setAttribute("y1", top);
    cursor.setAttribute("y2", top + height);
    plot.append(cursor);
    const head = document.createElement("b");
    head.textContent = written(valueOfX((at - left) / width), plot.dataset.xTitle);
    tip.replaceChildren(head, ...shown.map(line => {
      const row = document.createElement("div");
      row.className = line.group.getAttribute("class");
      const value = valueOfY(1 - (nearest(line.points, at)[1] - top) / height);
      row.append(document.createElement("i"), line.name + ": " + written(value, plot.dataset.yTitle));
      return row;
    }));
    tip.hidden = false;
    const box = figure.getBoundingClientRect();
    const place = event.clientX - box.left;
    tip.style.top = event.clientY - box.top + 16 + "px";
    tip.style.left = Math.max(0, Math.min(place + 14, box.width - tip.offsetWidth)) + "px";
  });
}
