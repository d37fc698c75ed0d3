"use strict";
// Elements: everything on the page is made here, and text from the graph only ever becomes text.

const SVG = "http://www.w3.org/2000/svg";

function byId(id) {
  return document.getElementById(id);
}

// An element with attributes and children, which are elements or text; null and "" are none.
function element(tag, attributes = {}, ...children) {
  return furnished(document.createElement(tag), attributes, children);
}

function furnished(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(name, value);
  }
  made.append(...children.flat(2).filter(Boolean));
  return made;
}

// A link to a node of this page, with the sign of its type.
function nodeLink(node, text = node.name) {
  const address = { class: "node", href: hashOf(node) };
  return element("a", address, sign(node.type), element("span", {}, text));
}

// A link out of the page; null for what is no web address.
function webLink(url, text, title = null) {
  if (!/^https?:\/\//i.test(url ?? "")) return null;
  const safe = { class: "web", href: url, target: "_blank", rel: "noopener noreferrer", title };
  return element("a", safe, text);
}

// The sign of a type of node: its shape in its colour.
function sign(type) {
  const points = SHAPES[type].map(([x, y]) => `${x},${y}`).join(" ");
  const shape = furnished(document.createElementNS(SVG, "polygon"), { points }, []);
  const attributes = { class: `sign ${type}`, viewBox: "-1.4 -1.4 2.8 2.8", "aria-hidden": "true" };
  return furnished(document.createElementNS(SVG, "svg"), attributes, [shape]);
}
