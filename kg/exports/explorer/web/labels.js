"use strict";
// Labels: the names of nodes on the map, the most important first, none over another.

const LONGEST_LABEL = 34;
const ROOM = { beside: 7, above: 2 }; // pixels kept free around a label
const SMALL = 4.5; // a node of this radius in pixels is too small for a label of its own
const SURE = 16; // so many of the most important nodes surely have one
const FONT = 'Inter, system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
const widths = new Map();

// Paints the names of `nodes`, which come by importance; with `isFocus` of small ones, too.
function paintLabels(context, nodes, isFocus) {
  const ratio = context.canvas.width / context.canvas.clientWidth;
  const discs = discsInSight(nodes);
  const labels = coveredBoxes();
  const larger = discs.filter((disc) => disc.radius > SMALL).map(boxOf);
  const most = labels.length + (isFocus ? 45 : 80);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  Object.assign(context, { textAlign: "center", textBaseline: "top", lineJoin: "round" });
  for (const disc of discs) {
    if (labels.length >= most) break;
    if (!isFocus && !isWorthALabel(disc)) continue;
    const named = labelOf(context, disc.node, isFocus && disc.rank === 0);
    let label = placed(named, disc, [labels, larger]);
    if (!label && disc.rank < SURE) label = placed(named, disc, [labels]); // over another node
    if (!label) continue;
    labels.push(label);
    paintLabel(context, label);
  }
  context.restore();
}

// What lies over the map.
function coveredBoxes() {
  const over = ["card", "panel", "controls"].map(byId).filter((part) => !part.hidden);
  return over.map((part) => part.getBoundingClientRect());
}

// The nodes in sight as discs of the window, in pixels, with their rank among `nodes`.
function discsInSight(nodes) {
  const scale = network.getScale();
  const origin = network.canvasToDOM({ x: 0, y: 0 });
  const discs = [];
  nodes.forEach((node, rank) => {
    const [x, y] = [origin.x + node.x * scale, origin.y + node.y * scale];
    const isInSight = node.shown && x > 0 && y > 0 && x < innerWidth && y < innerHeight;
    if (isInSight) discs.push({ node, rank, x, y, radius: radiusOf(node) * scale });
  });
  return discs;
}

function boxOf({ x, y, radius }) {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function isWorthALabel({ node, rank, radius }) {
  return node.type === "Paper" ? network.getScale() > 1.3 : rank < 60 || radius > SMALL;
}

function labelOf(context, node, isBold) {
  const size = Math.round(Math.min(11 + node.size / 5, 15)) + (isBold ? 1 : 0);
  const font = `${isBold || node.size > 12 ? 600 : 400} ${size}px ${FONT}`;
  const text = shortened(node.name, LONGEST_LABEL);
  const key = font + text;
  context.font = font;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return { text, font, width: widths.get(key), height: size + 3 };
}

// The label below its node or, where boxes of `taken` are, above, right or left of it; or null.
function placed(label, { x, y, radius }, taken) {
  const aside = radius + label.width / 2 + ROOM.beside + 1;
  const spots = [
    [x, y + radius + 4],
    [x, y - radius - label.height - 3],
    [x + aside, y - label.height / 2],
    [x - aside, y - label.height / 2],
  ];
  for (const [middle, top] of spots) {
    const reach = label.width / 2 + ROOM.beside;
    const bottom = top + label.height + ROOM.above;
    const box = { left: middle - reach, right: middle + reach, top: top - ROOM.above, bottom };
    const isCut = box.left < 0 || box.right > innerWidth;
    if (isCut || taken.some((boxes) => boxes.some((other) => overlap(box, other)))) continue;
    return { ...label, ...box, x: middle, y: top };
  }
  return null;
}

function shortened(text, most) {
  const signs = Array.from(text);
  return signs.length > most ? signs.slice(0, most - 1).join("").trimEnd() + "…" : text;
}

function overlap(a, b) {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

function paintLabel(context, { text, font, x, y }) {
  context.font = font;
  context.lineWidth = 3.5;
  context.strokeStyle = palette.halo;
  context.strokeText(text, x, y);
  context.fillStyle = palette.ink;
  context.fillText(text, x, y);
}
