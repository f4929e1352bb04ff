// Which results are shown: a value of each dimension, kept in the URL's hash.
// The dimensions are those of the page's data.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** The dimensions that tell choices apart. */
const choosers = (data) => data.dimensions.filter(({detail}) => !detail);
/** The dimensions whose values a choice shows side by side. */
const details = (data) => data.dimensions.filter(({detail}) => detail);

const valuesOf = (values, key) => [...new Set(values.map((one) => one[key]))];

/** The one of `values` that is `wanted` as a text, else the first. */
function choose(values, wanted) {
  const found = values.find((value) => String(value) === wanted);
  return found === undefined ? values[0] : found;
}

const groupsOf = (data, choice) =>
  choice.groups.map((place) => data.groups[place]);

/**
 * Resolves `wanted` ({operation: 'gemm', …}, all optional) to groups that
 * exist: {values, options, choice, groups, group}. `groups` are those of the
 * choice; `group` is the one of the wanted details.
 */
function resolve(data, wanted) {
  const values = {}, options = {};
  const narrow = (dimensions, candidates, valuesAt) => {
    let left = candidates;
    for (const {key} of dimensions) {
      options[key] = valuesOf(left.map(valuesAt), key);
      values[key] = choose(options[key], wanted[key]);
      left = left.filter((one) => valuesAt(one)[key] === values[key]);
    }
    return left[0] || null;
  };
  const choice = narrow(choosers(data), data.choices,
    (one) => data.groups[one.groups[0]].values);
  const groups = choice ? groupsOf(data, choice) : [];
  const group = narrow(details(data), groups, (one) => one.values);
  return {values, options, choice, groups, group};
}

/** Every group of every choice, as resolve returns it. */
const all = (data) => data.choices.flatMap((choice) => {
  const groups = groupsOf(data, choice);
  return groups.map((group) =>
    ({values: group.values, options: {}, choice, groups, group}));
});

/** A group's details without the first, which is on an axis: `batch=8`. */
const restText = (data, {values}) => details(data).slice(1)
  .map(({key, label}) => `${label}=${values[key]}`).join(' ');

/** What a group's values in `dimensions` add to a file's name: ['n64']. */
const nameParts = (dimensions, {values}) =>
  dimensions.map(({key}) => `${key}${values[key]}`);

/** The state that the hash of an address holds: {n: '64', theme: 'dark', …}. */
const parseHash = (hash) =>
  Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));

/** The hash that parseHash reads `state` from, without what is empty. */
function formatHash(state) {
  const kept = Object.entries(state).filter(([, value]) =>
    value !== undefined && value !== null && value !== '');
  return `#${new URLSearchParams(kept)}`;
}

hybrid.selection = {choosers, details, resolve, all, restText, nameParts,
                    parseHash, formatHash};
})();
