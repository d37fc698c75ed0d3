"use strict";
// Results: tables of measured values, each with the sentence that states it.

const FIRST_RESULTS = 12; // of a table; a button brings the others
const COLUMNS = { metric: "Metric", dataset: "Dataset", method: "Method" };

// A table of `results`, under the titles of their papers; a column in which only `node` itself, or
// nothing, would stand is left out.
function resultTable(results, node, most = FIRST_RESULTS) {
  if (!results.length) return null;
  const others = (result, column) => inColumn(result, column).filter((other) => other !== node);
  const columns = Object.keys(COLUMNS).filter((column) => results.some((one) => others(one, column).length));
  const heads = ["Value", ...columns.map((column) => COLUMNS[column])];
  const head = element("tr", {}, heads.map((text) => element("th", { scope: "col" }, text)));
  const bodies = [...byPaper(results.slice(0, most))].map(([paper, some]) => {
    const rows = some.flatMap((result) => resultRows(result, columns));
    return element("tbody", {}, titleRow(paper, node, columns), rows);
  });
  const table = element("table", {}, element("thead", {}, head), bodies);
  if (results.length > most) table.append(allRow(table, results, node));
  return table;
}

function byPaper(results) {
  const groups = new Map(results.map(({ paper }) => [paper, []]));
  results.forEach((result) => groups.get(result.paper).push(result));
  return groups;
}

function titleRow(paper, node, columns) {
  if (paper === node) return null;
  const title = element("a", { href: hashOf(paper) }, paper.name);
  return element("tr", {}, element("th", { scope: "rowgroup", colspan: columns.length + 1 }, title));
}

function allRow(table, results, node) {
  const more = element("button", { type: "button", class: "more" }, `Show all ${results.length}`);
  more.addEventListener("click", () => table.replaceWith(resultTable(results, node, results.length)));
  return element("caption", {}, more);
}

// A row, and under it, shown by a press on the value, the sentence that states the result.
function resultRows(result, columns) {
  const sentence = element("td", { colspan: columns.length + 1 }, quote(result, "Result"));
  const source = element("tr", { class: "source", hidden: "" }, sentence);
  const form = result.form === "value" ? null : element("small", {}, ` ${result.form}`);
  const attributes = { type: "button", "aria-expanded": "false", title: "Show the sentence" };
  const value = element("button", attributes, result.value, form);
  value.addEventListener("click", () => {
    source.hidden = !source.hidden;
    value.setAttribute("aria-expanded", String(!source.hidden));
  });
  const cells = columns.map((column) => element("td", {}, cellOf(result, column)));
  return [element("tr", {}, element("td", {}, value), cells), source];
}

// A baseline stands in the column of methods.
function inColumn(result, column) {
  return column === "method" ? [...result.method, ...result.baseline] : result[column];
}

function cellOf(result, column) {
  return inColumn(result, column).map((node) => {
    const isBaseline = column === "method" && !result.method.includes(node);
    return element("div", {}, isBaseline ? element("small", {}, "against ") : null, cellLink(node));
  });
}

function cellLink(node) {
  return node.id ? element("a", { href: hashOf(node) }, node.name) : node.name;
}
