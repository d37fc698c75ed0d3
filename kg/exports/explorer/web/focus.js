"use strict";
// The foreground of the map: labels, or a veil over all but one node and its neighbours.

function paintForeground(context) {
  const focus = state.hovered ?? state.selected;
  if (focus) paintNeighbourhood(context, focus);
  else paintLabels(context, graph.bySize, false);
}

function paintNeighbourhood(context, focus) {
  paintVeil(context);
  const around = [...neighbours(focus)].sort((a, b) => b.size - a.size);
  context.lineWidth = 1.4 / network.getScale();
  const dashes = [5 / network.getScale(), 4 / network.getScale()];
  for (const node of around) {
    const isSaid = focus.type === "Paper" || node.type === "Paper"; // else only the names say so
    context.setLineDash(isSaid ? [] : dashes);
    context.strokeStyle = palette[node.type === "Paper" ? focus.type : node.type];
    context.beginPath();
    context.moveTo(focus.x, focus.y);
    context.lineTo(node.x, node.y);
    context.stroke();
  }
  context.setLineDash([]);
  around.forEach((node) => paintNode(context, node, 1.15 * radiusOf(node)));
  paintFocus(context, focus);
  paintLabels(context, [focus, ...around], true);
}

function paintVeil(context) {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 0.82;
  context.fillStyle = palette.sea;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
}

function paintFocus(context, node) {
  const radius = 1.25 * radiusOf(node);
  paintNode(context, node, radius);
  context.beginPath();
  context.arc(node.x, node.y, 1.45 * radius + 3 / network.getScale(), 0, 7);
  context.strokeStyle = palette.ink;
  context.lineWidth = 2 / network.getScale();
  context.stroke();
}
