// The heat map: workers × BLAS threads, one small chart per group.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** Of more groups than this only those of the chosen batch are shown. */
const MOST_GROUPS = 12;
const CELL_HEIGHT = 34;                    // pixels
const CELL_WIDTH = {least: 38, most: 66};  // pixels
const AXIS_WIDTH = 44;                     // pixels left of the first chart
const GAP = 28;                            // pixels between charts

const ascending = (values) => [...new Set(values)].sort((a, b) => a - b);

/** What explains a split, if anything does. */
const causeOf = ({why, levels_text: levels}) => [
  ...why.filter(({kind}) => kind === 'error' || kind === 'cause')
    .map(({text}) => text),
  levels,
].filter(Boolean).join('; ') || '–';

/**
 * Those of `splits` that have a cell: processes, or what there is in their
 * place, on as few hosts as there are. Other engines and numbers of hosts have
 * the same workers and threads.
 */
function placed(splits) {
  const engine = splits.some((split) => split.engine === 'processes') ?
    'processes' : splits[0]?.engine;
  const alike = splits.filter((split) => split.engine === engine);
  const hosts = Math.min(...alike.map((split) => split.hosts));
  return alike.filter((split) => split.hosts === hosts);
}

/**
 * What a cell's colour and text say. Of a search, which mostly leaves 1×1 out,
 * how many times the best's time a split takes; else its speed-up over 1×1.
 */
const SCALES = {
  speedup: {
    title: 'Speed-up over 1×1 of each split', label: 'speed-up over 1×1',
    shade: ({speedup}) => speedup, text: ({cell_text: text}) => text,
    tooltip: ({speedup_text: text}) => text,
  },
  multiple: {
    title: 'Time of each split, as a multiple of the best\'s',
    label: 'times the best\'s time',
    shade: ({multiple}) => multiple ? 1 / multiple : null,
    text: ({multiple_text: text}) => text,
    tooltip: ({slower_text: slower, multiple_text: multiple}) =>
      slower.startsWith('≥') ? slower : multiple,
  },
};

/**
 * What the chart of one group shows: a cell for each split. `order` is the
 * chart's place, `workers` and `threads` are the values on its axes.
 */
function cellsOf(group, order, workers, threads, scale) {
  const fits = (workerCount, threadCount) =>
    workerCount * threadCount <= group.usable_cores;
  return placed(group.splits).map((split) => {
    const right = workers[workers.indexOf(split.workers) + 1];
    const above = threads[threads.indexOf(split.blas_threads) + 1];
    const inside = fits(split.workers, split.blas_threads);
    const {symbol, leads} = hybrid.verdicts.of(split.verdict);
    return {
      group: group.details, order,
      workers: split.workers, blas_threads: split.blas_threads,
      label: split.label, verdict: hybrid.verdicts.text(split.verdict),
      completed: split.completed, speedup: scale.shade(split),
      shade: scale.shade(split) ?? 1, cell_text: scale.text(split),
      star: leads || (scale === SCALES.multiple && !split.completed) ?
        symbol : '',
      speedup_text: scale.tooltip(split), time_text: split.time_text,
      range_text: split.range_text, gflops_text: split.gflops_text,
      cause: causeOf(split), place: split.place_text || '–',
      // The border of oversubscription passes here.
      edge_right: inside && right !== undefined &&
        !fits(right, split.blas_threads),
      edge_top: inside && above !== undefined && !fits(split.workers, above),
    };
  });
}

/** The end of the colour scale: a power of two that no shade exceeds. */
function colourLimit(cells, scale) {
  const end = (shade) => scale === SCALES.multiple ? 1 / shade : shade;
  const most = Math.max(2, ...cells.filter((cell) => cell.completed)
    .map((cell) => cell.speedup ? end(cell.speedup) : 0));
  return 2 ** Math.ceil(Math.log2(most) - 1e-9);
}

/** Width of a cell where there are `width` pixels for all (0: free). */
function cellWidth(width, columns) {
  if (!width) return CELL_WIDTH.most;
  return Math.max(CELL_WIDTH.least,
    Math.min(CELL_WIDTH.most, Math.floor((width - AXIS_WIDTH) / columns)));
}

/**
 * The charts in the order to show them, and how many stand in a row: values of
 * the first detail across and the others downwards, if that is complete and
 * fits.
 */
function arrange(data, groups, width, columns, cell) {
  const room = (width || 900) - AXIS_WIDTH;
  const fit = Math.max(1, Math.floor((room + GAP) / (columns * cell + GAP)));
  const {key} = hybrid.selection.details(data)[0];
  const rest = (group) => hybrid.selection.restText(data, group);
  const across = ascending(groups.map(({values}) => values[key]));
  const down = [...new Set(groups.map(rest))];
  if (across.length <= fit && across.length * down.length === groups.length) {
    return {perRow: across.length, ordered: [...groups].sort((a, b) =>
      down.indexOf(rest(a)) - down.indexOf(rest(b)) ||
      a.values[key] - b.values[key])};
  }
  const inRows = Math.ceil(groups.length / fit);
  return {perRow: Math.ceil(groups.length / inRows), ordered: groups};
}

/** The layer of the cells, whose tooltips tell of a split. */
const layerOf = (spec) =>
  spec.spec.layer.find(({name}) => name === 'cells').encoding;

/** Older files don't tell where workers ran. */
function leavePlacesOut(spec) {
  const encoding = layerOf(spec);
  encoding.tooltip = encoding.tooltip.filter(({field}) => field !== 'place');
}

/** Has the legend and the tooltips tell multiples of the best's time. */
function showMultiples(spec) {
  const {color, tooltip} = layerOf(spec);
  const {label} = SCALES.multiple;
  color.title = label;
  // Nothing is faster than the best: half of the colours are of no use.
  color.scale.domain = [{expr: '1 / limit'}, {expr: '1 / sqrt(limit)'}, 1];
  color.scale.range = spec.config.range.diverging.slice(0, 3);
  color.legend.values = {expr: '[1 / limit, 1 / sqrt(limit), 1]'};
  color.legend.labelExpr = "(datum.value < 1.01 / limit ? '≥ ' : '') + " +
    "format(1 / datum.value, '.2~f') + '×'";
  tooltip.find(({field}) => field === 'speedup_text').title = label;
}

function make({data, choice, width}) {
  const {groups, group} = choice;
  if (!groups.length) return {empty: 'No splits were measured.'};
  const many = groups.length > MOST_GROUPS;
  const rest = (one) => hybrid.selection.restText(data, one);
  const shown =
    many ? groups.filter((one) => rest(one) === rest(group)) : groups;
  const splits = shown.flatMap((one) => placed(one.splits));
  const workers = ascending(splits.map((split) => split.workers));
  const threads = ascending(splits.map((split) => split.blas_threads));
  const cell = cellWidth(width, workers.length);
  const {ordered, perRow} =
    arrange(data, shown, width, workers.length, cell);
  const scale = shown.every(({searched}) => searched) ?
    SCALES.multiple : SCALES.speedup;
  const cells = ordered.flatMap((one, order) =>
    cellsOf(one, order, workers, threads, scale));
  const details = hybrid.selection.details(data);
  const labels = details.map(({label}) => label).join(' and ');
  const notes = [];
  if (many) {
    notes.push(`Of ${groups.length} combinations of ${labels}, those with ` +
               `${rest(group)} are shown.`);
  }
  if (shown.some((one) => placed(one.splits).length < one.splits.length)) {
    const {engine, hosts} = splits[0];
    const differ = shown.some(({splits: all}) =>
      all.some((split) => split.hosts !== hosts));
    const where = differ ? ` on ${hosts} host${hosts > 1 ? 's' : ''}` : '';
    notes.push(`Splits of ${engine}${where}; those of other ` +
               `${differ ? 'hosts and ' : ''}engines stand in the tables.`);
  }
  if (scale === SCALES.multiple) {
    notes.push('Hatched: ≥ of what was stopped, or not run since 1×1\'s load ' +
               'and operate times allow no less (bound).');
  } else if (!cells.some((one) => one.speedup !== null)) {
    notes.push('1×1 was not measured or did nothing, so there is no ' +
               'speed-up to colour by: cells show the median time.');
  }
  if (!cells.some((one) => one.completed)) {
    notes.push('No split completed: all are capped or failed.');
  }
  return {
    title: scale.title, note: notes.join(' '),
    nameParts: many ?
      hybrid.selection.nameParts(details.slice(1), group) : [],
    description: `Heat map of ${scale.label}: workers across, BLAS ` +
      `threads upwards, one chart per ${labels}. The tables hold the same ` +
      'figures.',
    datasets: {cells},
    params: {cell_width: cell, cell_height: CELL_HEIGHT,
             limit: colourLimit(cells, scale)},
    adjust(spec) {
      spec.columns = perRow;
      if (cells.every(({place}) => place === '–')) leavePlacesOut(spec);
      if (scale === SCALES.multiple) showMultiples(spec);
      // Else columns without a chart in the last row have an axis all alone.
      if (ordered.length % perRow) {
        spec.resolve = {axis: {x: 'independent'}, ...spec.resolve};
      }
      spec.spec.width = {step: cell};
      spec.spec.height = {step: CELL_HEIGHT};
    },
  };
}

hybrid.charts.makers.heatmap = make;
})();
