// Steps of the history in words.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

function fill(data, choice) {
  const {el, replace, table} = hybrid.dom;
  const {time, number} = hybrid.format;
  const body = document.getElementById('history-body');
  const series = data.history ? data.history.series : [];
  const mine = series.filter((one) => choice.groups.some((group) =>
    hybrid.history.belongs(one, group)));
  const rows = mine.flatMap((one) => one.steps.map((step) => {
    const after = one.points.find((point) => point.run === step.run) || {};
    return [`n=${one.n} batch=${one.batch} ${one.workers}×${one.blas_threads}`,
            hybrid.history.runName(data.runs[step.run], step.run),
            el('td', {class: 'num'}, `${number(step.ratio)}× the time, ` +
              (step.ratio > 1 ? 'slower' : 'faster')),
            el('td', {class: 'num'}, time(after.median_s)),
            el('td', {}, el('code', {}, step.commit || '–'),
              step.commit_before ? ` (before: ${step.commit_before})` : ''),
            el('td', {class: 'num'}, number(step.p_value))];
  }));
  if (!mine.length) {
    replace(body);
    return;
  }
  replace(body, rows.length ? table({
    kind: 'steps', caption: 'Steps of the history, all n and batches',
    head: ['configuration', 'run', 'change', 'median since', 'commit',
           'p-value'],
    rows,
  }) : el('p', {class: 'note empty'},
    `No step beyond noise in ${mine.length} configurations.`));
}

hybrid.steps = {fill};
})();
