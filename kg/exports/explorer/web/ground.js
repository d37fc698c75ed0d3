"use strict";
// The ground of the map: land around the nodes, and the edges. Of a large graph it also shows, as
// dots, all the nodes that vis-network does not draw.

const DOT = 3; // half the side of a dot, in units of the map
const COAST = 30; // how far land reaches around a node
const FAR = 260; // an edge of this length leads to another island
const ground = { land: null, crowd: null, near: null, far: null };

// Paints anew what changes only with filters and colours.
function prepareGround() {
  const shown = graph.nodes.filter((node) => node.shown);
  const box = boxAround(shown, 2 * COAST);
  Object.assign(ground, pathsOf(graph.edges.filter((edge) => edge.shown)));
  ground.land = imageOf(box, 1400, (context) => paintLand(context, shown));
  if (!isLarge) return;
  ground.crowd = imageOf(box, 2800, (context, scale) => paintCrowd(context, scale, shown));
}

// An image of `box` of the map, with sides of up to `most` pixels.
function imageOf(box, most, paint) {
  const scale = Math.min(most / Math.max(box.width, box.height), 1);
  const image = document.createElement("canvas");
  image.width = Math.ceil(box.width * scale);
  image.height = Math.ceil(box.height * scale);
  const context = image.getContext("2d");
  context.scale(scale, scale);
  context.translate(-box.left, -box.top);
  paint(context, scale);
  return { ...box, image, scale };
}

function paintImage(context, { image, left, top, width, height }) {
  context.drawImage(image, left, top, width, height);
}

function boxAround(nodes, margin) {
  const box = { left: 0, top: 0, right: 0, bottom: 0 };
  nodes.forEach(({ x, y }, at) => {
    box.left = at ? Math.min(box.left, x) : x;
    box.right = at ? Math.max(box.right, x) : x;
    box.top = at ? Math.min(box.top, y) : y;
    box.bottom = at ? Math.max(box.bottom, y) : y;
  });
  const [width, height] = [box.right - box.left + 2 * margin, box.bottom - box.top + 2 * margin];
  return { left: box.left - margin, top: box.top - margin, width, height };
}

function paintLand(context, nodes) {
  context.beginPath();
  for (const { x, y } of nodes) {
    context.moveTo(x + COAST, y);
    context.arc(x, y, COAST, 0, 7);
  }
  context.fillStyle = palette.land;
  context.fill();
}

function paintCrowd(context, scale, nodes) {
  paintEdges(context, scale);
  for (const { type, x, y } of nodes) {
    context.fillStyle = palette[type];
    context.fillRect(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
  }
}

// Edges as two paths, each drawn at once: to draw them one by one would be slow.
function pathsOf(edges) {
  const paths = { near: new Path2D(), far: new Path2D() };
  for (const { source, target } of edges) {
    const path = Math.hypot(source.x - target.x, source.y - target.y) < FAR ? paths.near : paths.far;
    path.moveTo(source.x, source.y);
    path.lineTo(target.x, target.y);
  }
  return paths;
}

function paintEdges(context, scale, { near, far } = ground) {
  context.strokeStyle = palette.edge;
  context.lineWidth = 0.9 / scale;
  context.globalAlpha = 0.75;
  context.stroke(near);
  context.globalAlpha = 0.22;
  context.stroke(far);
  context.globalAlpha = 1;
}

function paintGround(context) {
  const scale = network.getScale();
  paintImage(context, ground.land);
  if (!isLarge) paintEdges(context, scale);
  else if (scale < 2 * ground.crowd.scale) paintImage(context, ground.crowd);
  else paintNearby(context, scale);
}

// A large graph from close by: its image is too coarse, so what is in sight is drawn anew.
function paintNearby(context, scale) {
  const nearby = nodesInSight();
  const edges = new Set(nearby.flatMap((node) => node.edges.filter((edge) => edge.shown)));
  paintEdges(context, scale, pathsOf(edges));
  nearby.filter((node) => !node.core).forEach((node) => paintNode(context, node, radiusOf(node)));
}

function nodesInSight() {
  const from = network.DOMtoCanvas({ x: 0, y: 0 });
  const to = network.DOMtoCanvas({ x: innerWidth, y: innerHeight });
  const isInside = ({ x, y }) => x > from.x && x < to.x && y > from.y && y < to.y;
  return graph.nodes.filter((node) => node.shown && isInside(node));
}
