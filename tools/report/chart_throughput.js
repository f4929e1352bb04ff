// Throughput against the first detail (n), the others as chosen.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/**
 * Splits of one value stand beside each other, so that none hides another: one
 * from the next at most this part of the axis, and all together at most this
 * part of the narrowest gap between values.
 */
const DODGE = {ofAxis: 0.012, ofGap: 0.6};

/** The point of one split; `at` is its place on the axis before it is moved. */
function pointOf(group, split, at, series) {
  const {value, low, high, text, range_text} = split.throughput;
  return {
    label: split.label, details: group.details, at, value, low, high,
    completed: split.completed, other: !series.includes(split.label),
    verdict: hybrid.verdicts.text(split.verdict), value_text: text, range_text,
  };
}

function make({data, choice, width}) {
  const {groups, group} = choice;
  if (!group) return {empty: 'No splits were measured.'};
  const {unit, series} = choice.choice;
  const [across, ...others] = hybrid.selection.details(data);
  const rest = hybrid.selection.restText(data, group);
  const shown = groups.filter((one) =>
    hybrid.selection.restText(data, one) === rest);
  const axis = shown.map(({values}) => values[across.key]);
  const {label: name, meaning} = across;
  if (axis.length < 2) {
    return {empty: `Only ${name} = ${axis[0]} was measured with ${rest}: ` +
      `there is no curve against ${name}. The answer's table has its ` +
      'throughput.'};
  }
  const span = Math.log(axis[axis.length - 1] / axis[0]);
  const points = shown.flatMap((one) => one.splits
    .filter(({throughput}) => throughput)
    .map((split) => pointOf(one, split, one.values[across.key], series)));
  if (!points.length) return {empty: 'No split has a throughput.'};
  const gaps = axis.slice(1).map((at, place) => Math.log(at / axis[place]));
  const dodge = Math.min(DODGE.ofAxis * span,
    DODGE.ofGap * Math.min(...gaps) / series.length);
  for (const point of points) {
    const place = series.indexOf(point.label) - (series.length - 1) / 2;
    point.x = point.at * Math.exp(point.other ? 0 : place * dodge);
  }
  const ceiling =
    data.machines[group.machine].ceilings[group.values.precision];
  const byFlops = unit === 'GFLOP/s';
  const drawn = byFlops && ceiling ? [ceiling] : [];
  const notes = ['Points show the median, bars the range of the repetitions; ' +
    `points of one ${name} stand side by side. Open points: capped, at the ` +
    'rate reached until then.'];
  if (points.some((point) => point.other)) {
    notes.push(`Small grey points: the splits beyond the ${series.length} ` +
               'that were fastest most often or are rules of thumb.');
  }
  if (byFlops && !ceiling) {
    notes.push('The machine\'s peak was not measured, so no ceiling is drawn.');
  }
  const margin = Math.exp(0.08 * span);
  return {
    title: `Throughput against ${name}, ${rest}`,
    note: notes.join(' '),
    nameParts: hybrid.selection.nameParts(others, group),
    description: `Throughput of each split against ${name} for ${rest}, ` +
      'with the machine\'s peak. Tables hold the figures.',
    datasets: {points, ceiling: drawn},
    params: {n_values: axis, n_low: axis[0] / margin,
             n_high: axis[axis.length - 1] * margin,
             x_title: meaning ? `${name} (${meaning})` : name,
             y_high: Math.max(...drawn.map(({value}) => value),
               ...points.map((point) => point.high || point.value)) || 1,
             series_names: series.filter((label) =>
               points.some((point) => point.label === label)),
             axis_title: unit},
    adjust(spec) {
      if (width && width < 560) {
        spec.config.legend = {...spec.config.legend, orient: 'top', columns: 4};
      }
    },
  };
}

hybrid.charts.makers.throughput = make;
})();
