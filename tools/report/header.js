// The head of the page: machines, files, warnings.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

const gigabytes = (value) => `${hybrid.format.number(value / 1e9)} GB/s`;

function ceilings(machine) {
  const {isNumber, number} = hybrid.format;
  const parts = [];
  if (isNumber(machine.peak_gflops)) {
    const core = isNumber(machine.core_peak_gflops) ?
      ` (${number(machine.core_peak_gflops)} one core)` : '';
    parts.push(`FMA peak ${number(machine.peak_gflops)} GFLOP/s${core}`);
  }
  if (isNumber(machine.triad_bytes_per_s)) {
    const core = isNumber(machine.core_triad_bytes_per_s) ?
      ` (${gigabytes(machine.core_triad_bytes_per_s)} one core)` : '';
    parts.push(`triad ${gigabytes(machine.triad_bytes_per_s)}${core}`);
  }
  return parts.length ? parts.join(', ') : 'not measured';
}

function facts(machine) {
  const {bytes, percent} = hybrid.format;
  const cores = machine.usable_cores;
  const floors = (machine.noise_floors || [])
    .map(({n, floor}) => `${percent(floor)} (n=${n})`);
  return [
    ['host', machine.host],
    ['CPU', machine.cpu_model || 'not recorded'],
    ['cores', `${cores} usable ${cores === 1 ? 'core' : 'cores'}`],
    ['memory', machine.memory_bytes ? bytes(machine.memory_bytes) :
      'not recorded'],
    ['system', machine.os || 'not recorded'],
    ['BLAS', machine.blis_version ? `BLIS ${machine.blis_version}` :
      'not recorded'],
    ['ceilings', ceilings(machine)],
    ['noise floor', floors.length ? floors.join(', ') : 'not measured'],
  ];
}

function fill(data) {
  const {el, replace} = hybrid.dom;
  replace(document.getElementById('machines'),
    data.machines.map((machine) => el('dl', {class: 'facts'},
      facts(machine).map(([name, value]) =>
        el('div', {}, el('dt', {}, name), el('dd', {}, value))))),
    el('p', {class: 'files'},
      `${data.runs.length} ${data.runs.length === 1 ? 'run' : 'runs'}, ` +
      `${data.rows.count} rows, from `,
      data.files.map((file, at) => [at ? ', ' : '', el('code', {}, file)])));
  const warnings = data.runs.flatMap((run) =>
    (run.warnings || '').split('; ').filter(Boolean)
      .map((text) => data.runs.length > 1 ?
        `${text} (${hybrid.history.runName(run, data.runs.indexOf(run))})` :
        text));
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
