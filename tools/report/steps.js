// Steps of the history in words.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

function fill(data, choice) {
  const {el, replace, table} = hybrid.dom;
  const body = document.getElementById('history-body');
  const mine = !choice.choice ? [] : data.history.filter((series) =>
    series.groups.some((place) => choice.choice.groups.includes(place)));
  if (!mine.length) {
    replace(body);
    return;
  }
  const number = (text) => el('td', {class: 'num'}, text);
  const rows = mine.flatMap((series) => series.steps.map((step) =>
    [step.configuration, data.runs[step.run].name, number(step.change_text),
     number(step.time_text),
     el('td', {}, el('code', {}, step.commit || '–'),
       step.commit_before ? ` (before: ${step.commit_before})` : ''),
     number(step.p_text)]));
  replace(body, rows.length ? table({
    kind: 'steps', caption: 'Steps of the history, all that may be chosen',
    head: ['configuration', 'run', 'change', 'median since', 'commit',
           'p-value'],
    rows,
  }) : el('p', {class: 'note empty'},
    'No step beyond noise in ' + (mine.length === 1 ?
      '1 configuration.' : `${mine.length} configurations.`)));
}

hybrid.steps = {fill};
})();
