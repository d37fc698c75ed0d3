"use strict";
// The page: its address names the node that is shown, and every way to a node changes the address.

const MOVES = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
const ZOOMS = { "+": 1.5, "=": 1.5, "-": 1 / 1.5 };

start();

function start() {
  const isEmpty = !graph.nodes.length;
  for (const id of ["finder", "legend", "controls"]) byId(id).hidden = isEmpty;
  byId("empty").hidden = !isEmpty;
  startMap();
  startFilters();
  startSearch();
  listen();
  showCounts();
  lookAtAll(false);
  onAddress();
}

function listen() {
  addEventListener("hashchange", onAddress);
  addEventListener("keydown", onKey);
  byId("map").addEventListener("keydown", onMapKey);
  byId("map").addEventListener("mousemove", ({ clientX: x, clientY: y }) => hover(nodeAt({ x, y })));
  byId("map").addEventListener("mouseleave", () => hover(null));
  byId("reset").addEventListener("click", reset);
  byId("closer").addEventListener("click", () => zoom(1.5));
  byId("farther").addEventListener("click", () => zoom(1 / 1.5));
  network.on("click", ({ pointer }) => goTo(nodeAt(pointer.DOM), true));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    readPalette();
    prepareGround();
    redraw();
  });
}

// Shows `node`, or nothing, by way of the address, so that "Back" works and links can be shared.
function goTo(node, isInSight = false) {
  closeSearch();
  byId("query").value = "";
  state.isInSight = isInSight;
  const hash = node ? hashOf(node) : "";
  if (hash === location.hash) onAddress();
  else location.hash = hash;
}

function onAddress() {
  const node = graph.byHash.get(location.hash) ?? null;
  Object.assign(state, { selected: node, hovered: null });
  if (!node) hidePanel();
  else {
    showPanel(node);
    if (!state.isInSight || isCovered(node)) flyTo(node);
    byId("panel").querySelector("h2").focus({ preventScroll: true });
  }
  state.isInSight = false;
  redraw();
}

function hover(node) {
  if (node === state.hovered) return;
  state.hovered = node;
  byId("map").classList.toggle("pointing", Boolean(node));
  redraw();
}

function reset() {
  resetFilters();
  goTo(null);
  lookAtAll(true);
}

function onKey(event) {
  if (event.key === "Escape") {
    if (state.selected) goTo(null);
    else reset();
  } else if (event.key === "/" && event.target !== byId("query")) {
    event.preventDefault();
    byId("query").focus();
  }
}

function onMapKey({ key }) {
  if (MOVES[key]) pan(...MOVES[key]);
  else if (ZOOMS[key]) zoom(ZOOMS[key]);
}
