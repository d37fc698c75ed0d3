"use strict";
// The graph: nodes that know their edges and results, read from the page's JSON.

const graph = readGraph();

function readGraph() {
  const nodes = readJson("nodes");
  const named = new Map(nodes.map((node) => [node.id, node]));
  nodes.forEach((node) => Object.assign(node, { edges: [], results: [], shown: true }));
  const edges = readJson("edges").map((row) => ({
    ...row,
    source: named.get(row.from),
    target: named.get(row.to),
    paper: named.get(row.paper),
    shown: true,
  }));
  for (const edge of edges) {
    edge.source.edges.push(edge);
    edge.target.edges.push(edge);
  }
  readResults(named);
  const byHash = new Map(nodes.map((node) => [hashOf(node), node]));
  const bySize = [...nodes].sort((a, b) => b.size - a.size);
  return { nodes, edges, byHash, bySize, types: Object.keys(readJson("shapes")) };
}

function readJson(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

// Gives each result to its paper and to the entities in its cells; a cell whose entity is not on
// the map keeps only the name.
function readResults(named) {
  for (const row of readJson("results")) {
    const result = { ...row, paper: named.get(row.paper) };
    const holders = new Set([result.paper]);
    for (const cell of ["method", "dataset", "metric", "baseline"]) {
      result[cell] = row[cell].map(({ id, name }) => named.get(id) ?? { name });
      result[cell].filter((node) => node.id).forEach((node) => holders.add(node));
    }
    holders.forEach((node) => node.results.push(result));
  }
}

// The address of a node within the page, such as #dataset%3Acifar-10.
function hashOf(node) {
  return "#" + encodeURIComponent(node.id.replace(/\p{Surrogate}/gu, "\ufffd"));
}

function otherEnd(edge, node) {
  return edge.source === node ? edge.target : edge.source;
}

function neighbours(node) {
  return new Set(node.edges.filter((edge) => edge.shown).map((edge) => otherEnd(edge, node)));
}
