"use strict";
// Search: names, aliases and titles; arrows choose, Enter goes there.

const MOST_HITS = 12;
const EXACT = 3;
const BEGINS = 2;
const BEGINS_WORD = 1;
const finder = { hits: [], chosen: 0, names: null };

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// The best `MOST_HITS` nodes: those named exactly so, then by how a name begins, then by size.
function search(query) {
  const wanted = fold(query).trim();
  if (!wanted) return graph.bySize.slice(0, MOST_HITS).map((node) => ({ node, name: node.name }));
  const words = wanted.split(/\s+/);
  const hits = foldedNames()
    .filter(({ folded }) => words.every((word) => folded.includes(word)))
    .map((entry) => ({ ...entry, rank: rankOf(entry.folded, wanted) }))
    .sort((a, b) => b.rank - a.rank || b.node.size - a.node.size);
  const best = new Map(); // the first hit of each node
  hits.forEach((hit) => best.has(hit.node) || best.set(hit.node, hit));
  return [...best.values()].slice(0, MOST_HITS);
}

function rankOf(folded, wanted) {
  if (folded === wanted) return EXACT;
  if (folded.startsWith(wanted)) return BEGINS;
  return folded.includes(" " + wanted) || folded.includes("-" + wanted) ? BEGINS_WORD : 0;
}

function foldedNames() {
  finder.names ??= graph.bySize.flatMap((node) =>
    [node.name, ...(node.aliases ?? [])].map((name) => ({ node, name, folded: fold(name) }))
  );
  return finder.names;
}

function startSearch() {
  const query = byId("query");
  query.addEventListener("input", () => showHits(search(query.value)));
  query.addEventListener("focus", () => showHits(search(query.value)));
  query.addEventListener("blur", closeSearch);
  query.addEventListener("keydown", onSearchKey);
}

function onSearchKey(event) {
  if (event.key === "ArrowDown") choose(finder.chosen + 1);
  else if (event.key === "ArrowUp") choose(finder.chosen - 1);
  else if (event.key === "Enter" && finder.hits.length) goTo(finder.hits[finder.chosen].node);
  else if (event.key === "Escape" && !byId("hits").hidden) closeSearch();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function showHits(hits) {
  finder.hits = hits;
  const none = element("li", { class: "none" }, "Nothing is called so.");
  byId("hits").replaceChildren(...(hits.length ? hits.map(hitRow) : [none]));
  byId("hits").hidden = false;
  byId("query").setAttribute("aria-expanded", "true");
  choose(0);
}

function hitRow({ node, name }, at) {
  const alias = name === node.name ? null : element("em", {}, ` ${name}`);
  const row = element(
    "li",
    { id: `hit-${at}`, role: "option" },
    sign(node.type),
    element("span", { class: "hit" }, node.name, alias),
    element("small", {}, node.type)
  );
  row.addEventListener("mousedown", (event) => {
    event.preventDefault(); // so that the search keeps the focus until its list is closed
    goTo(node);
  });
  return row;
}

function choose(at) {
  const count = finder.hits.length;
  if (!count) return;
  finder.chosen = (at + count) % count;
  [...byId("hits").children].forEach((row, index) =>
    row.setAttribute("aria-selected", String(index === finder.chosen))
  );
  byId(`hit-${finder.chosen}`).scrollIntoView({ block: "nearest" });
  byId("query").setAttribute("aria-activedescendant", `hit-${finder.chosen}`);
}

function closeSearch() {
  byId("hits").hidden = true;
  byId("query").setAttribute("aria-expanded", "false");
  byId("query").removeAttribute("aria-activedescendant");
}
