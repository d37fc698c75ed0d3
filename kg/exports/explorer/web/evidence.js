"use strict";
// Evidence: stretches of a paper's text with the words marked that a fact was read from.

// `text.slice(start, stop)` with `marks` in it: spans { words, type, node? } of the whole text.
function marked(text, start, stop, marks) {
  const parts = [];
  let at = start;
  const inOrder = [...marks].sort((a, b) => a.words[0] - b.words[0] || b.words[1] - a.words[1]);
  for (const { words, type, node } of inOrder) {
    if (words[0] < at || words[1] > stop) continue;
    const named = text.slice(...words);
    const inner = node ? element("a", { href: hashOf(node) }, named) : named;
    parts.push(text.slice(at, words[0]), element("mark", { class: type }, inner));
    at = words[1];
  }
  return [...parts, text.slice(at, stop)];
}

// The sentence that holds the words of `fact`, with these marked in the colour of `type`.
function sentenceOf(fact, type) {
  return marked(fact.paper.text, ...fact.sentence, [{ words: fact.words, type }]);
}

function quote(fact, type) {
  return fact.words ? element("blockquote", {}, sentenceOf(fact, type)) : null;
}
