// The heat map: workers × BLAS threads, one small chart per n and batch.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** More groups than this are shown for the chosen batch only. */
const MOST_GROUPS = 12;
const CELL_HEIGHT = 34;
const CELL_WIDTH = {least: 38, most: 66};
const AXIS_WIDTH = 44;
const GAP = 28;

const ascending = (values) => [...new Set(values)].sort((a, b) => a - b);

function cellText(split) {
  const {ratio, time, isNumber} = hybrid.format;
  if (!isNumber(split.median_s)) {
    return split.verdict === 'failed' ? 'failed' : 'capped';
  }
  return isNumber(split.speedup) ? ratio(split.speedup) : time(split.median_s);
}

function cellsOf(group, order, workers, threads) {
  const {time, ratio, isNumber, verdict, splitTime, number} = hybrid.format;
  const fits = (w, t) => w * t <= group.usable_cores;
  return group.splits.map((split) => {
    const right = workers[workers.indexOf(split.workers) + 1];
    const above = threads[threads.indexOf(split.blas_threads) + 1];
    const inside = fits(split.workers, split.blas_threads);
    const {symbol, word} = verdict(split.verdict);
    return {
      group: `n=${group.n}  batch=${group.batch}`, order,
      workers: split.workers, blas_threads: split.blas_threads,
      label: split.label, verdict: `${symbol} ${word}`,
      completed: isNumber(split.median_s),
      speedup: isNumber(split.speedup) ? split.speedup : null,
      shade: isNumber(split.speedup) ? split.speedup : 1,
      cell_text: cellText(split),
      star: ['best', 'tie'].includes(split.verdict) ? symbol : '',
      speedup_text: ratio(split.speedup), time_text: splitTime(split),
      range_text: isNumber(split.low_s) ?
        `${time(split.low_s)} to ${time(split.high_s)}` : '–',
      gflops_text: number(split.gflops),
      cause: split.error || (split.cause ? split.cause.text : '–'),
      // The border of oversubscription passes here.
      edge_right: inside && right !== undefined &&
        !fits(right, split.blas_threads),
      edge_top: inside && above !== undefined && !fits(split.workers, above),
    };
  });
}

/** The end of the colour scale: a power of two, the largest gain below it. */
function colourLimit(cells) {
  const most = Math.max(2, ...cells.filter((cell) => cell.completed)
    .map((cell) => cell.speedup || 0));
  return 2 ** Math.ceil(Math.log2(most) - 1e-9);
}

/** Width of a cell, for the width there is (0: free). */
function cellWidth(width, columns) {
  if (!width) return CELL_WIDTH.most;
  return Math.max(CELL_WIDTH.least,
    Math.min(CELL_WIDTH.most, Math.floor((width - AXIS_WIDTH) / columns)));
}

/**
 * The charts in the order to show them, and how many stand in a row: every n
 * across and every batch downwards if that is complete and fits.
 */
function arrange(groups, width, columns, cell) {
  const room = (width || 900) - AXIS_WIDTH;
  const fit = Math.max(1, Math.floor((room + GAP) / (columns * cell + GAP)));
  const ns = ascending(groups.map((group) => group.n));
  const batches = ascending(groups.map((group) => group.batch));
  if (ns.length <= fit && ns.length * batches.length === groups.length) {
    return {perRow: ns.length, ordered: [...groups].sort((a, b) =>
      a.batch - b.batch || a.n - b.n)};
  }
  const inRows = Math.ceil(groups.length / fit);
  return {perRow: Math.ceil(groups.length / inRows), ordered: groups};
}

function make({choice, width}) {
  const {groups, values} = choice;
  if (!groups.length) return {empty: 'No splits were measured.'};
  const many = groups.length > MOST_GROUPS;
  const shown =
    many ? groups.filter((group) => group.batch === values.batch) : groups;
  const splits = shown.flatMap((group) => group.splits);
  const workers = ascending(splits.map((split) => split.workers));
  const threads = ascending(splits.map((split) => split.blas_threads));
  const cell = cellWidth(width, workers.length);
  const {ordered, perRow} = arrange(shown, width, workers.length, cell);
  const cells = ordered.flatMap((group, order) =>
    cellsOf(group, order, workers, threads));
  const notes = [];
  if (many) {
    notes.push(`Of ${groups.length} combinations of n and batch, those with ` +
               `batch = ${values.batch} are shown.`);
  }
  if (!cells.some((one) => one.speedup !== null)) {
    notes.push('1×1 was not measured or did nothing, so there is no ' +
               'speed-up to colour by: cells show the median time.');
  }
  if (!cells.some((one) => one.completed)) {
    notes.push('No split completed: all are capped or failed.');
  }
  return {
    title: 'Speed-up over 1×1 of each split', note: notes.join(' '),
    nameParts: many ? [`batch${values.batch}`] : [],
    description: 'Heat map of speed-up over 1×1: workers across, BLAS ' +
      'threads upwards, one chart per n and batch. The tables hold the same ' +
      'figures.',
    datasets: {cells},
    params: {cell_width: cell, cell_height: CELL_HEIGHT,
             limit: colourLimit(cells)},
    adjust(spec) {
      spec.columns = perRow;
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
