// The head of the page: machines, files, warnings.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

function fill(data) {
  const {el, replace} = hybrid.dom;
  replace(document.getElementById('machines'),
    data.machines.map(({facts}) => el('dl', {class: 'facts'},
      facts.map(({name, text}) =>
        el('div', {}, el('dt', {}, name), el('dd', {}, text))))),
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
