"use strict";
// The map: vis-network holds the camera and draws the nodes; ground and foreground are ours.

const isLarge = graph.nodes.some((node) => !node.core);
const state = { selected: null, hovered: null };
const palette = {};
let isRedrawing = false;

const coreNodes = new vis.DataSet(
  graph.nodes.flatMap((node, id) => (node.core ? [{ id, x: node.x, y: node.y }] : []))
);
const shownNodes = new vis.DataView(coreNodes, { filter: ({ id }) => graph.nodes[id].shown });
const network = new vis.Network(
  byId("map"),
  { nodes: shownNodes, edges: [] },
  {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { dragNodes: false, selectable: false, hover: false },
    nodes: { shape: "custom", ctxRenderer: customNode },
  }
);

function startMap() {
  byId("map").firstElementChild.tabIndex = -1; // the map around it takes the keys
  readPalette();
  prepareGround();
  network.on("beforeDrawing", paintGround);
  network.on("afterDrawing", paintForeground);
}

// Drawing happens at most once a frame, however often it is asked for.
function redraw() {
  if (isRedrawing) return;
  isRedrawing = true;
  requestAnimationFrame(() => {
    isRedrawing = false;
    network.redraw();
  });
}

function readPalette() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["sea", "land", "halo", "ink", "edge", ...graph.types]) {
    palette[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

// The radius of a node on the map: no node is smaller than some pixels, fewer of them from far away.
function radiusOf(node) {
  const scale = network.getScale();
  const least = (1.5 + 0.12 * node.size) * Math.min(1, 0.4 + 2 * scale);
  return Math.max(node.size, least / scale);
}

function customNode({ ctx, id }) {
  const node = graph.nodes[id];
  const radius = radiusOf(node);
  const nodeDimensions = { width: 2 * radius, height: 2 * radius };
  return { drawNode: () => paintNode(ctx, node, radius), nodeDimensions };
}

function paintNode(context, node, radius) {
  context.beginPath();
  traceShape(context, node.type, node.x, node.y, radius);
  context.fillStyle = palette[node.type];
  context.fill();
}
