// What families measured that compare no splits: Tutorial, Overhead, and Noise
// of older files.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** A table of more rows than this scrolls in a box of its own. */
const LONG = 24;

/** The families that `data` has rows of besides Hybrid: ['Tutorial', …]. */
const families = (data) => [...new Set(data.others.map((one) => one.family))];

/** Fills the section, or hides it where there is nothing to show. */
function fill(data) {
  const {el, replace, table} = hybrid.dom;
  document.getElementById('others').hidden = !data.others.length;
  if (!data.others.length) return;
  const several = new Set(data.others.map(({host}) => host)).size > 1;
  const number = (text) => el('th', {scope: 'col', class: 'num'}, text);
  const cell = (text, title) => el('td', {class: 'num', title}, text);
  replace(document.getElementById('others-body'), table({
    kind: data.others.length > LONG ? 'others long' : 'others',
    caption: `Results of ${families(data).join(', ')}`,
    head: ['configuration', several ? 'host' : null, number('median'),
           number('spread'), number('repetitions'), number('GFLOP/s')]
      .filter(Boolean),
    rows: data.others.map((one) => [
      el('th', {scope: 'row'}, one.label), several ? one.host : null,
      cell(one.time_text, one.range_text), cell(one.spread_text),
      cell(one.repetitions_text), cell(one.gflops_text)]
      .filter((content) => content !== null)),
  }));
}

hybrid.others = {fill, families};
})();
