"use strict";
// Filters: which types of nodes and which relationships the map shows.

const off = { types: new Set(), relations: new Set() };

function startFilters() {
  const types = counted(graph.nodes, graph.types);
  byId("types").append(...types.map(([type, count]) => filterRow("types", type, type, count, sign(type))));
  const relations = counted(graph.edges, Object.keys(RELATIONS));
  byId("relations").append(
    ...relations.map(([name, count]) => filterRow("relations", name, relationName(name, true), count, null))
  );
  byId("legend").open = innerWidth > 760;
  byId("legend").hidden = !graph.nodes.length;
}

// How many `items` there are of each type, the types of `order` first.
function counted(items, order) {
  const counts = new Map(order.map((type) => [type, 0]));
  for (const { type } of items) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].filter(([, count]) => count);
}

function filterRow(kind, value, name, count, icon) {
  const number = element("small", {}, count.toLocaleString("en"));
  const pressed = { type: "button", class: "filter", "aria-pressed": "true" };
  const toggle = element("button", pressed, icon, name, number);
  toggle.addEventListener("click", () => toggleFilter(kind, value));
  const only = element("button", { type: "button", class: "only", "aria-label": `Only ${name}` }, "only");
  only.addEventListener("click", () => showOnly(kind, value));
  toggle.dataset.value = value;
  return element("div", { class: "row" }, toggle, only);
}

function toggleFilter(kind, value) {
  if (!off[kind].delete(value)) off[kind].add(value);
  applyFilters();
}

function showOnly(kind, value) {
  const values = [...byId(kind).querySelectorAll(".filter")].map((button) => button.dataset.value);
  off[kind] = new Set(values.filter((other) => other !== value));
  applyFilters();
}

function resetFilters() {
  off.types.clear();
  off.relations.clear();
  applyFilters();
}

// A node is shown with its type; with a relationship switched off, only if another shows it.
function applyFilters() {
  for (const edge of graph.edges) {
    const areEndsOn = !off.types.has(edge.source.type) && !off.types.has(edge.target.type);
    edge.shown = areEndsOn && !off.relations.has(edge.type);
  }
  for (const node of graph.nodes) {
    const isReached = !off.relations.size || node.edges.some((edge) => edge.shown);
    node.shown = !off.types.has(node.type) && isReached;
  }
  for (const kind of ["types", "relations"]) {
    for (const button of byId(kind).querySelectorAll(".filter")) {
      button.setAttribute("aria-pressed", String(!off[kind].has(button.dataset.value)));
    }
  }
  shownNodes.refresh();
  prepareGround();
  showCounts();
  redraw();
}

function showCounts() {
  const nodes = graph.nodes.filter((node) => node.shown).length;
  const edges = graph.edges.filter((edge) => edge.shown).length;
  const parts = [share(nodes, graph.nodes, "nodes"), share(edges, graph.edges, "relationships")];
  if (isLarge) {
    const core = graph.nodes.filter((node) => node.core).length.toLocaleString("en");
    parts.push(`the ${core} best connected in full, the others as dots, search finds all`);
  }
  byId("counts").textContent = parts.join(" · ");
}

// Such as "12 nodes", or "3 of 12 nodes".
function share(some, all, name) {
  const part = some < all.length ? `${some.toLocaleString("en")} of ` : "";
  return `${part}${all.length.toLocaleString("en")} ${name}`;
}
