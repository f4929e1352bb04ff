// Evidence of the chosen n and batch, one row per split.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

const of = (field, format) => (split) =>
  hybrid.format[format](split.evidence ? split.evidence[field] : null);

/** Title, what it means, its text for a split. */
const COLUMNS = [
  ['median', 'time of a batch; ± half the range of the repetitions',
   (split) => hybrid.format.splitTime(split).replace('capped ', '') +
     (hybrid.format.isNumber(split.spread) ?
       ` ±${hybrid.format.percent(split.spread)}` : '')],
  ['against best', 'time per task, against the best; of a capped split by ' +
    'the rate it had reached', (split) => ['best', 'failed']
    .includes(split.verdict) ? '–' : hybrid.format.slower(split.slowdown)],
  ['GFLOP/s', '2 n³ × tasks / time', (split) =>
    hybrid.format.number(split.gflops)],
  ['of peak', 'of the machine\'s measured FMA peak',
   of('peak_fraction', 'percent')],
  ['waited for CPU', 'share of the time that a runnable thread waited for a ' +
    'CPU', of('run_delay', 'percent')],
  ['task p50', 'median latency of a task', of('task_p50_s', 'time')],
  ['task p99', '99th percentile of a task\'s latency',
   of('task_p99_s', 'time')],
  ['pushed aside /s', 'involuntary context switches per second',
   of('involuntary_per_s', 'number')],
  ['imbalance', 'busy time of the slowest worker over the median one\'s',
   of('imbalance', 'number')],
  ['core speed', 'how fast the cores ran, as a share of the peak',
   of('speed', 'percent')],
  ['start-up', 'from launching the workers until all were ready',
   of('start_s', 'time')],
];

function why(split) {
  const {el} = hybrid.dom;
  const parts = [];
  if (split.error) parts.push(el('div', {class: 'error'}, split.error));
  if (split.cause) parts.push(el('div', {}, split.cause.text));
  if (kernels(split)) parts.push(el('div', {}, kernels(split)));
  for (const warning of split.warnings || []) {
    parts.push(el('div', {class: 'warn'}, `⚠ ${warning}`));
  }
  return parts;
}

/** Which kernels ran, where BLIS was told to take others than it would. */
function kernels(split) {
  if (!split.blis_arch_type) return '';
  const gain = hybrid.format.isNumber(split.kernels_gain) ?
    `, ${hybrid.format.ratio(split.kernels_gain)} the speed of BLIS's own ` +
    `choice ${split.library_kernels} in the probe` : '';
  return `${split.kernels} kernels (BLIS_ARCH_TYPE=${split.blis_arch_type}` +
    `)${gain}`;
}

/** Figures, and below them what explains them. */
function rowsOf(split) {
  const {el, verdictMark} = hybrid.dom;
  const reasons = why(split);
  const figures = el('tr', {class: reasons.length ? 'explained' : null,
                            'data-split': split.label},
    el('th', {scope: 'row'}, split.label, split.oversubscribed ?
      el('span', {class: 'over', title: 'oversubscribed: more threads than ' +
        'usable cores'}, ' over') : null),
    el('td', {}, verdictMark(split.verdict)),
    COLUMNS.map(([, , text]) => el('td', {class: 'num'}, text(split))));
  return reasons.length ? [figures, el('tr', {},
    el('td', {class: 'why', colspan: COLUMNS.length + 2},
      el('div', {}, reasons)))] : [figures];
}

function fill(choice) {
  const {el, replace, table} = hybrid.dom;
  const body = document.getElementById('evidence-body');
  if (!choice.group) {
    replace(body, el('p', {class: 'note empty'}, 'No splits were measured.'));
    return;
  }
  replace(body, table({
    kind: 'evidence',
    caption: `Evidence per split, n=${choice.group.n} ` +
      `batch=${choice.group.batch}`,
    head: ['split', 'verdict', ...COLUMNS.map(([title, meaning]) =>
      el('th', {scope: 'col', class: 'num', title: meaning}, title))],
    rows: choice.group.splits.flatMap(rowsOf),
  }));
}

hybrid.evidence = {fill, COLUMNS};
})();
