"use strict";
// The camera: what part of the map is in sight, and which node the pointer is on.

const CLOSEST = 4;
const FLIGHT = { near: 2.2, far: 0.5 }; // the scales between which a flight ends
const REACH = 7; // pixels around a node that still count as the node

// The part of the window that neither card nor panel covers.
function freeView() {
  const card = byId("card").getBoundingClientRect();
  const panel = byId("panel");
  const box = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const isWide = card.width < innerWidth / 2;
  if (isWide) box.left = card.right;
  else box.top = card.bottom;
  if (!panel.hidden && isWide) box.right = innerWidth - panel.offsetWidth;
  else if (!panel.hidden) box.bottom = innerHeight - panel.offsetHeight;
  return { ...box, width: box.right - box.left, height: box.bottom - box.top };
}

// Moves the camera so that `box` of the map fills the free view, no closer than `closest`.
function lookAt(box, closest, isAnimated) {
  const view = freeView();
  const fitting = Math.min(view.width / box.width, view.height / box.height);
  const offset = {
    x: (view.left + view.right - innerWidth) / 2,
    y: (view.top + view.bottom - innerHeight) / 2,
  };
  moveTo(box.left + box.width / 2, box.top + box.height / 2, Math.min(fitting, closest), offset, isAnimated);
}

function moveTo(x, y, scale, offset, isAnimated) {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const animation = isAnimated && !isCalm && { duration: 450, easingFunction: "easeInOutQuad" };
  network.moveTo({ position: { x, y }, scale, offset, animation });
}

function lookAtAll(isAnimated) {
  lookAt(boxAround(graph.nodes.filter((node) => node.shown), 30), 1.6, isAnimated);
}

// Goes to `node`, as close as leaves most of its neighbours in sight.
function flyTo(node) {
  const reaches = [...neighbours(node)].map(({ x, y }) => Math.hypot(x - node.x, y - node.y));
  const most = reaches.sort((a, b) => a - b)[Math.floor(0.7 * (reaches.length - 1))] ?? 0;
  const view = freeView();
  const farthest = Math.min(view.width, view.height) / 2 / FLIGHT.far;
  const radius = Math.min(most + 60, farthest);
  const box = { left: node.x - radius, top: node.y - radius, width: 2 * radius, height: 2 * radius };
  lookAt(box, FLIGHT.near, true);
}

// Whether card or panel lie over `node`, or it is out of sight.
function isCovered(node) {
  const { x, y } = network.canvasToDOM(node);
  const view = freeView();
  return x < view.left || x > view.right || y < view.top || y > view.bottom;
}

function zoom(factor) {
  const { x, y } = network.getViewPosition();
  const scale = Math.min(Math.max(network.getScale() * factor, 0.02), CLOSEST);
  moveTo(x, y, scale, { x: 0, y: 0 }, true);
}

function pan(right, down) {
  const { x, y } = network.getViewPosition();
  const scale = network.getScale();
  moveTo(x + right / scale, y + down / scale, scale, { x: 0, y: 0 }, false);
}

// The node at a place of the window: the nearest of those whose edge is within reach.
function nodeAt(place) {
  const { x, y } = network.DOMtoCanvas(place);
  const reach = REACH / network.getScale();
  let [found, least] = [null, reach];
  for (const node of graph.nodes) {
    if (!node.shown || Math.abs(node.x - x) > 60 + reach || Math.abs(node.y - y) > 60 + reach) continue;
    const distance = Math.hypot(node.x - x, node.y - y) - radiusOf(node);
    if (distance < least) [found, least] = [node, distance];
  }
  return found;
}
