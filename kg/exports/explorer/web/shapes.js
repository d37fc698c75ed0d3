"use strict";
// Shapes: the outline of each type of node, around 0 and of about the same area as a unit circle.

const OUTLINES = {
  dot: regular(24, 1),
  square: regular(4, 1.2, 45),
  diamond: regular(4, 1.3),
  hexagon: regular(6, 1.1),
  triangle: regular(3, 1.4, -90),
  triangleDown: regular(3, 1.4, 90),
  star: star(5, 1.4, 0.6),
};
const SHAPES = shapesOfTypes();

function shapesOfTypes() {
  const shapes = Object.entries(readJson("shapes"));
  return Object.fromEntries(shapes.map(([type, shape]) => [type, OUTLINES[shape]]));
}

// The corners of a regular polygon, the first of them at `turn` degrees.
function regular(corners, radius, turn = 0) {
  return Array.from({ length: corners }, (_, at) => corner(turn + (360 * at) / corners, radius));
}

function star(points, outer, inner) {
  return Array.from({ length: 2 * points }, (_, at) =>
    corner(-90 + (180 * at) / points, at % 2 ? inner : outer)
  );
}

function corner(degrees, radius) {
  const angle = (degrees * Math.PI) / 180;
  return [round2(radius * Math.cos(angle)), round2(radius * Math.sin(angle))];
}

function round2(number) {
  return Math.round(number * 100) / 100;
}

function traceShape(context, type, x, y, radius) {
  const outline = SHAPES[type];
  context.moveTo(x + radius * outline[0][0], y + radius * outline[0][1]);
  for (let at = 1; at < outline.length; at++) {
    context.lineTo(x + radius * outline[at][0], y + radius * outline[at][1]);
  }
  context.closePath();
}
