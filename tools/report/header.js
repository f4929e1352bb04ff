// The head of the page: machines, files, warnings.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** The table of the hosts of a machine, side by side; null without hosts. */
function hostTable({hosts}) {
  const {el, table} = hybrid.dom;
  if (!hosts.length) return null;
  const differ = new Set(hosts.map(({cpu}) => cpu)).size > 1;
  const number = (text) => el('th', {scope: 'col', class: 'num'}, text);
  const cell = (text) => el('td', {class: 'num'}, text);
  return table({
    kind: 'hosts',
    caption: 'Hosts side by side',
    head: ['host', differ ? 'CPU' : null, number('cores'), 'CPUs', 'kernels',
           number('peak, GFLOP/s'), number('triad, GB/s'),
           number('round trip'), number('link, GB/s')]
      .filter((content) => content !== null),
    rows: hosts.map((one) => [
      el('th', {scope: 'row', title: one.slow || null},
        one.slow ? `${one.name} (slow)` : one.name),
      differ ? one.cpu : null, cell(one.cores), one.cpus, one.kernels,
      cell(one.peak), cell(one.triad), cell(one.rtt), cell(one.link)]
      .filter((content) => content !== null)),
  });
}

function fill(data) {
  const {el, replace} = hybrid.dom;
  replace(document.getElementById('machines'),
    data.machines.map(({facts}) => el('dl', {class: 'facts'},
      facts.map(({name, text}) =>
        el('div', {}, el('dt', {}, name), el('dd', {}, text))))),
    data.machines.map(hostTable),
    el('p', {class: 'files'},
      `${data.runs.length} ${data.runs.length === 1 ? 'run' : 'runs'}, ` +
      `${data.rows.count} rows, from `,
      data.files.map((file, at) => [at ? ', ' : '', el('code', {}, file)])));
  const warnings = data.runs.flatMap((run) => run.warnings.map((text) =>
    data.runs.length > 1 ? `${text} (${run.name})` : text));
  replace(document.getElementById('warnings'), warnings.length ?
    el('div', {class: 'warning'}, el('strong', {}, '⚠ bench warned of'),
      el('ul', {}, warnings.map((text) => el('li', {}, text)))) : null);
  const hosts = [...new Set(data.machines.map((machine) => machine.host))];
  document.title = `hybridbench: ${hosts.join(', ') || 'report'}`;
  replace(document.getElementById('foot'),
    `Made by ${data.generator}. Times are medians per batch; a split ` +
    'workers × BLAS threads runs that many processes with that many BLAS ' +
    'threads each.');
}

hybrid.header = {fill};
})();
