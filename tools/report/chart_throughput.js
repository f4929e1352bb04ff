// Throughput against n, for one batch.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** As many splits get a colour and a shape of their own. */
const MOST_SERIES = 8;
/** Splits of one n stand beside each other, so that none hides another: */
const DODGE = {ofAxis: 0.012, ofGap: 0.6};  // at most this far, all together

/**
 * The splits that matter most in a choice: those fastest or tied most often,
 * and the rules of thumb.
 */
function highlighted(groups) {
  const tallies = new Map();
  const cores = groups[0].usable_cores;
  for (const group of groups) {
    for (const split of group.splits) {
      const {label, workers, blas_threads: threads} = split;
      const tally = tallies.get(label) || {label, workers, threads, score: 0};
      if (['best', 'tie'].includes(split.verdict)) tally.score += 1;
      tallies.set(label, tally);
    }
  }
  const rules = [[1, 1], [cores, 1], [1, cores]];
  for (const tally of tallies.values()) {
    if (rules.some(([w, t]) => w === tally.workers && t === tally.threads)) {
      tally.score += groups.length;
    }
  }
  return [...tallies.values()].sort((a, b) => b.score - a.score)
    .slice(0, MOST_SERIES)
    .sort((a, b) => a.workers - b.workers || a.threads - b.threads)
    .map((tally) => tally.label);
}

function pointOf(group, split, byTasks, series) {
  const {number, isNumber, verdict} = hybrid.format;
  const value = byTasks ? split.tasks_per_s : split.gflops;
  const completed = isNumber(split.median_s);
  const bound = (seconds) => completed && isNumber(seconds) && seconds > 0 ?
    value * split.median_s / seconds : null;
  const low = bound(split.high_s), high = bound(split.low_s);
  const unit = byTasks ? 'tasks/s' : 'GFLOP/s';
  const {symbol, word} = verdict(split.verdict);
  return {
    label: split.label, n: group.n, batch: group.batch, value, low, high,
    completed, other: !series.includes(split.label),
    verdict: `${symbol} ${word}`,
    value_text: `${number(value)} ${unit}${completed ? '' : ', until capped'}`,
    range_text: low === null ? '–' :
      `${number(low)} to ${number(high)} ${unit}`,
  };
}

function make({data, choice, width}) {
  const {isNumber} = hybrid.format;
  const {groups, values} = choice;
  const shown = groups.filter((group) => group.batch === values.batch);
  const ns = shown.map((group) => group.n);
  if (!shown.length) return {empty: 'No splits were measured.'};
  if (ns.length < 2) {
    return {empty: `Only n = ${ns[0]} was measured with batch = ` +
      `${values.batch}: there is no curve against n. The answer's table has ` +
      `its throughput.`};
  }
  const all = shown.flatMap((group) => group.splits);
  const byTasks = !all.some((split) => split.gflops > 0);
  const series = highlighted(groups);
  const span = Math.log(ns[ns.length - 1] / ns[0]);
  const points = shown.flatMap((group) => group.splits
    .filter((split) => isNumber(byTasks ? split.tasks_per_s : split.gflops))
    .map((split) => pointOf(group, split, byTasks, series)));
  if (!points.length) return {empty: 'No split has a throughput.'};
  const gaps = ns.slice(1).map((n, at) => Math.log(n / ns[at]));
  const dodge = Math.min(DODGE.ofAxis * span,
    DODGE.ofGap * Math.min(...gaps) / series.length);
  for (const point of points) {
    const place = series.indexOf(point.label) - (series.length - 1) / 2;
    point.x = point.n * Math.exp(point.other ? 0 : place * dodge);
  }
  const machine = data.machines[shown[0].machine] || {};
  const peak = byTasks ? null : machine.peak_gflops;
  const ceiling = isNumber(peak) ?
    [{value: peak,
      text: `measured peak ${hybrid.format.number(peak)} GFLOP/s`}] : [];
  const notes = ['Points show the median, bars the range of the repetitions; ' +
    'points of one n stand side by side. Open points: capped, at the rate ' +
    'reached until then.'];
  if (points.some((point) => point.other)) {
    notes.push(`Small grey points: the splits beyond the ${series.length} ` +
               'that were fastest most often or are rules of thumb.');
  }
  if (!byTasks && !ceiling.length) {
    notes.push('The machine\'s peak was not measured, so no ceiling is drawn.');
  }
  const margin = Math.exp(0.08 * span);
  return {
    title: `Throughput against n, batch=${values.batch}`,
    note: notes.join(' '),
    nameParts: [`batch${values.batch}`],
    description: `Throughput of each split against n for batch=` +
      `${values.batch}, with the machine's peak. Tables hold the figures.`,
    datasets: {points, ceiling},
    params: {n_values: ns, n_low: ns[0] / margin,
             n_high: ns[ns.length - 1] * margin,
             y_high: Math.max(peak || 0, ...points.map((point) =>
               point.high || point.value)) || 1,
             series_names: series.filter((label) =>
               points.some((point) => point.label === label)),
             axis_title: byTasks ? 'tasks/s' : 'GFLOP/s'},
    adjust(spec) {
      if (width && width < 560) {
        spec.config.legend = {...spec.config.legend, orient: 'top', columns: 4};
      }
    },
  };
}

hybrid.charts.makers.throughput = make;
})();
