// History: the median of each run, for the chosen results' splits.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

const MOST_CHARTS = 12;
const CHART = {least: 200, most: 400, axis: 64, gap: 36};

/** Whether a series of the history belongs to a group of results. */
const belongs = (series, group) =>
  ['host', 'operation', 'data', 'collect', 'pin', 'kernels_asked', 'n',
   'batch'].every((field) => series[field] === group[field]);

/** A run's short name: the day and minute it began. */
function runName(run, at) {
  const start = run && run.start_utc ? run.start_utc : '';
  return start.length >= 16 ? start.slice(5, 16).replace('T', ' ') :
                              `run ${at + 1}`;
}

/** `+12 %` slower or `-8 %` faster, for steps. */
function stepText(step) {
  const change = Math.round(100 * (step.ratio - 1));
  const size = step.ratio >= 1.995 ? `${hybrid.format.ratio(step.ratio)}` :
    `${change < 0 ? '−' : '+'}${Math.abs(change)} %`;
  return `${size} ${String(step.commit || '').slice(0, 10)}`.trim();
}

function pointsOf(series, order, runs) {
  const {time, isNumber} = hybrid.format;
  return series.points.filter((point) => isNumber(point.median_s))
    .map((point) => {
      const run = runs[point.run] || {};
      const step = series.steps.find((one) => one.run === point.run);
      return {
        series: `${series.workers}×${series.blas_threads}`, order,
        run: point.run, median: point.median_s, low: point.low_s,
        high: point.high_s, run_text: runName(run, point.run),
        commit: run.git_commit || '–', time_text: time(point.median_s),
        range_text: `${time(point.low_s)} to ${time(point.high_s)}`,
        step: step ? stepText(step) : '',
      };
    });
}

function layout(width, charts) {
  if (!width) return {each: CHART.most, perRow: Math.min(3, charts)};
  const fit = Math.max(1, Math.min(charts, 3,
    Math.floor((width + CHART.gap) / (CHART.least + CHART.axis + CHART.gap))));
  const perRow = Math.ceil(charts / Math.ceil(charts / fit));
  const each = Math.floor((width - CHART.gap * (perRow - 1)) / perRow) -
    CHART.axis;
  return {each: Math.min(CHART.most, each), perRow};
}

function make({data, choice, width}) {
  const all = data.history ? data.history.series : [];
  if (data.runs.length < 2) {
    return {empty: `One run has no history. Give hybrid-report the files of ` +
      `several runs to see how times change from one to the next.`};
  }
  if (!all.length || !choice.group) {
    return {empty: 'No configuration was measured in two runs or more.'};
  }
  const fits = all.filter((series) => belongs(series, choice.group));
  if (!fits.length) {
    return {empty: 'No split of this n and batch was measured in two runs ' +
      'or more.'};
  }
  const place = (series) => {
    const at = choice.group.splits.findIndex((split) =>
      split.workers === series.workers &&
      split.blas_threads === series.blas_threads);
    return at < 0 ? Infinity : at;
  };
  const shown = [...fits].sort((a, b) =>
    (b.steps.length > 0) - (a.steps.length > 0) || place(a) - place(b))
    .slice(0, MOST_CHARTS).sort((a, b) => place(a) - place(b));
  const history = shown.flatMap((series, order) =>
    pointsOf(series, order, data.runs));
  const {each, perRow} = layout(width, shown.length);
  const {n, batch} = choice.group;
  return {
    title: `History, n=${n} batch=${batch}`,
    note: (fits.length > shown.length ?
      `Of ${fits.length} splits the ${shown.length} with steps or the best ` +
      'times are shown. ' : '') +
      'Each chart has a scale of its own.',
    nameParts: [`n${n}`, `batch${batch}`],
    description: `Median time of a batch in each run for n=${n}, ` +
      `batch=${batch}, one chart per split; steps are marked.`,
    datasets: {history},
    params: {run_names: data.runs.map(runName)},
    adjust(spec) {
      spec.columns = perRow;
      spec.spec.width = each;
    },
  };
}

hybrid.history = {belongs, runName, stepText};
hybrid.charts.makers.history = make;
})();
