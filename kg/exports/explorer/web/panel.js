"use strict";
// The panel: all that the graph knows of one node, each fact with the sentence it was read from.

// What a relationship is called where it starts, and where it leads to; in the order of the panel.
const RELATIONS = {
  PROPOSES: ["Proposes", "Papers that propose it"],
  INTRODUCES: ["Introduces", "Papers that introduce it"],
  ADDRESSES: ["Addresses", "Papers that address it"],
  USES: ["Uses", "Papers that use it"],
  EVALUATES_ON: ["Evaluates on", "Papers that evaluate on it"],
  COMPARES_WITH: ["Compares with", "Papers that compare with it"],
  REPORTS: ["Reports", "Papers that report it"],
  HAS_CODE: ["Code", "Papers with this code"],
  LINKS_TO: ["Links to", "Papers that link to it"],
  MENTIONS: ["Mentions", "Papers that mention it"],
  VERSION_OF: ["Version of", "Versions"],
};

function showPanel(node) {
  const close = element("button", { id: "close", type: "button", "aria-label": "Close" }, "×");
  close.addEventListener("click", () => goTo(null));
  const details = node.type === "Paper" ? paperDetails(node) : entityDetails(node);
  byId("panel").replaceChildren(close, ...details.filter(Boolean));
  byId("panel").hidden = false;
  byId("panel").scrollTop = 0;
}

function hidePanel() {
  byId("panel").hidden = true;
  byId("panel").replaceChildren();
}

function heading(node, content) {
  const type = element("p", { class: "type" }, sign(node.type), node.type);
  return element("header", {}, type, element("h2", { tabindex: "-1" }, content));
}

function section(title, ...content) {
  if (!content.some(Boolean)) return null;
  return element("section", {}, element("h3", {}, title), ...content);
}

// The facts in one line, with dots between those that are known.
function factLine(facts) {
  const known = facts.filter(Boolean);
  return element("p", { class: "about" }, known.flatMap((fact, at) => (at ? [" · ", fact] : [fact])));
}

function relationName(relation, isOutward) {
  const plain = relation.toLowerCase().replaceAll("_", " ");
  return RELATIONS[relation]?.[isOutward ? 0 : 1] ?? (isOutward ? plain : `${plain}, from`);
}

// The edges that start at `node`, or that lead to it, as [relation, edges] in the panel's order.
function byRelation(node, isOutward) {
  const groups = new Map(Object.keys(RELATIONS).map((relation) => [relation, []]));
  for (const edge of node.edges) {
    if ((edge.source === node) !== isOutward) continue;
    if (!groups.has(edge.type)) groups.set(edge.type, []);
    groups.get(edge.type).push(edge);
  }
  return [...groups].filter(([, edges]) => edges.length);
}

// Sections with the names of the entities that `node` leads to.
function entitySections(node) {
  return byRelation(node, true).map(([relation, edges]) => {
    return section(relationName(relation, true), nameList(edges.map(({ target }) => target)));
  });
}

// The names of `entities`, the best connected first; a button brings those after the first `most`.
function nameList(entities, most = Infinity) {
  const items = [...entities].sort((a, b) => b.size - a.size).map(entityItem);
  return element("ul", { class: "names" }, withMore(items, most, "li"));
}

function entityItem(entity) {
  const address = entity.url ? webLink(entity.url, "↗", `Open ${entity.url}`) : null;
  return element("li", {}, nodeLink(entity), address);
}

// The first `most` of the items, and a button that brings the others, if it is worth the while; in
// an element of its own where `tag` says which.
function withMore(items, most, tag = null) {
  if (items.length <= 1.25 * most) return items;
  const more = element("button", { type: "button", class: "more" }, `Show all ${items.length}`);
  const last = tag ? element(tag, {}, more) : more;
  more.addEventListener("click", () => last.replaceWith(...items.slice(most)));
  return [...items.slice(0, most), last];
}
