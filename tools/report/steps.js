// Steps of the history in words.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** Fills the section for a choice, with the steps of all its groups. */
function fill(data, choice) {
  const {el, replace, table} = hybrid.dom;
  const body = document.getElementById('history-body');
  const groups = choice.choice ? choice.choice.groups : [];
  const mine = data.history.filter((series) =>
    series.groups.some((place) => groups.includes(place)));
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
  if (!rows.length) {
    replace(body, el('p', {class: 'note empty'},
      'No step beyond noise in ' + (mine.length === 1 ?
        '1 configuration.' : `${mine.length} configurations.`)));
    return;
  }
  replace(body, table({
    kind: 'steps', caption: 'Steps of the history, all that may be chosen',
    head: ['configuration', 'run', 'change', 'median since', 'commit',
           'p-value'],
    rows,
  }));
}

hybrid.steps = {fill};
})();
