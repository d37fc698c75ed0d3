"use strict";
// An entity in the panel: its names, its versions, its results, and the papers with the words that
// name it.

const FIRST_PAPERS = 8; // of a list; a button brings the others
const FIRST_NAMES = 16;

function entityDetails(entity) {
  const isAmbiguous = entity.ambiguous ? "an acronym with several meanings" : null;
  return [
    heading(entity, entity.name),
    factLine([papersText(entity), isAmbiguous, webLink(entity.url, entity.url)]),
    section("Also written", namesOf((entity.aliases ?? []).filter((name) => name !== entity.name))),
    section("In other catalogues", namesOf((entity.external_ids ?? []).map(catalogued))),
    ...entitySections(entity),
    ...sectionsOf(entity, (source) => source.type !== "Paper", versionsOf),
    section("Results", resultTable(newestFirst(entity.results), entity)),
    ...sectionsOf(entity, (source) => source.type === "Paper", papersOf),
  ];
}

// Sections of what leads to `entity`, each with its number, from the sources that `isMeant` picks.
function sectionsOf(entity, isMeant, content) {
  return byRelation(entity, false)
    .filter(([, edges]) => isMeant(edges[0].source))
    .map(([relation, edges]) =>
      section(`${relationName(relation, false)} (${edges.length})`, ...content(edges, entity))
    );
}

function versionsOf(edges) {
  return [nameList(edges.map(({ source }) => source), FIRST_NAMES)];
}

// Text or links, with dots between them.
function namesOf(names) {
  if (!names.length) return null;
  const items = names.map((name, at) => element("span", {}, at ? " · " : null, name));
  return element("p", {}, withMore(items, FIRST_NAMES));
}

// An id such as wikidata:Q28778629; that of Wikidata leads there.
function catalogued(id) {
  const item = /^wikidata:(Q\d+)$/.exec(id)?.[1];
  return item ? webLink(`https://www.wikidata.org/wiki/${item}`, id) : id;
}

function papersText({ papers }) {
  if (typeof papers !== "number") return null;
  return papers === 1 ? "in 1 paper" : `in ${papers.toLocaleString("en")} papers`;
}

function newestFirst(facts) {
  const published = ({ paper }) => paper?.published ?? "";
  return [...facts].sort((a, b) => (published(a) < published(b)) - (published(a) > published(b)));
}

// The newest papers, and a button that brings the others.
function papersOf(edges, entity) {
  return withMore(newestFirst(edges).map((edge) => paperItem(edge, entity)), FIRST_PAPERS);
}

// A paper with the sentence that names the entity; if that is its title, this is not repeated.
function paperItem(edge, entity) {
  const { source, count, confidence, words } = edge;
  const isTitle = words && source.text && words[1] <= source.text.indexOf("\n");
  const title = isTitle ? sentenceOf(edge, entity.type) : source.name;
  const often = count > 1 ? `${count} mentions` : null;
  const sure = words ? `confidence ${Math.round(100 * confidence)} %` : null;
  return element(
    "article",
    {},
    nodeLink(source, title),
    isTitle ? null : quote(edge, entity.type),
    factLine([source.published, often, sure])
  );
}
