"use strict";
// A paper in the panel: its abstract with all that was found in it, its results, what it names.

function paperDetails(paper) {
  const { text } = paper;
  const marks = marksOf(paper);
  const stop = text.indexOf("\n");
  const title = stop > 0 ? marked(text, 0, stop, marks) : paper.name;
  const abstract = marked(text, stop + 1, text.length, marks);
  return [
    heading(paper, title),
    factLine([paper.authors?.join(", "), paper.published, webLink(paper.url, "Read the paper")]),
    section("Abstract", stop + 1 < text.length && element("p", { class: "abstract" }, abstract)),
    section("Results", resultTable(paper.results, paper)),
    ...entitySections(paper),
  ];
}

function marksOf(paper) {
  const named = paper.edges
    .filter((edge) => edge.words && edge.paper === paper)
    .map(({ words, target }) => ({ words, type: target.type, node: target }));
  return [...named, ...paper.results.map(({ words }) => ({ words, type: "Result" }))];
}
