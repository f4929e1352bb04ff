// Evidence of the chosen group, one row per split.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** The rows of one split: its figures, and below them what explains them. */
function rowsOf(split) {
  const {el, verdictMark} = hybrid.dom;
  const figures = el('tr', {class: split.why.length ? 'explained' : null,
                            'data-split': split.label},
    el('th', {scope: 'row'}, split.label, split.oversubscribed ?
      el('span', {class: 'over', title: 'oversubscribed: more threads than ' +
        'usable cores'}, ' over') : null),
    el('td', {}, verdictMark(split.verdict)),
    split.evidence.map((text) => el('td', {class: 'num'}, text)));
  if (!split.why.length) return [figures];
  const lines = split.why.map(({kind, text}) =>
    el('div', {class: kind || null}, text));
  return [figures, el('tr', {},
    el('td', {class: 'why', colspan: split.evidence.length + 2},
      el('div', {}, lines)))];
}

function fill(data, choice) {
  const {el, replace, table} = hybrid.dom;
  const body = document.getElementById('evidence-body');
  if (!choice.group) {
    replace(body, el('p', {class: 'note empty'}, 'No splits were measured.'));
    return;
  }
  replace(body, table({
    kind: 'evidence',
    caption: `Evidence per split, ${choice.group.details}`,
    head: ['split', 'verdict', ...data.evidence_columns.map(
      ({title, meaning}) =>
        el('th', {scope: 'col', class: 'num', title: meaning}, title))],
    rows: choice.group.splits.flatMap(rowsOf),
  }));
}

hybrid.evidence = {fill};
})();
