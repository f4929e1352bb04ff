// Which results are shown: the choice of operation, data, kernels, …, n and
// batch, kept in the URL's hash.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** What makes results comparable, apart from n and batch. */
const DIMENSIONS = [
  {key: 'host', field: 'host', label: 'host'},
  {key: 'cores', field: 'usable_cores', label: 'usable cores'},
  {key: 'operation', field: 'operation', label: 'operation', always: true},
  {key: 'data', field: 'data', label: 'data', always: true},
  {key: 'kernels', field: 'kernels_asked', label: 'kernels', always: true},
  {key: 'collect', field: 'collect', label: 'collect'},
  {key: 'pin', field: 'pin', label: 'pin'},
  {key: 'blis', field: 'blis_version', label: 'BLIS'},
];
const NEVER_FIRST = 'none';  // the harness's own cost: no operation's answer

const valuesOf = (groups, field) =>
  [...new Set(groups.map((group) => group[field]))];

/** The wanted value if there is one, else the first worth showing. */
function choose(values, wanted) {
  const found = values.find((value) => String(value) === wanted);
  if (found !== undefined) return found;
  return values.find((value) => value !== NEVER_FIRST) ?? values[0];
}

/**
 * Resolves `wanted` ({operation: 'gemm', …}, all optional) to groups that
 * exist: {values, options, groups, group}. `groups` differ in n and batch
 * alone and are sorted by them; `group` is the one of the chosen n and batch.
 */
function resolve(groups, wanted) {
  const values = {}, options = {};
  let left = groups;
  for (const {key, field} of DIMENSIONS) {
    options[key] = valuesOf(left, field);
    values[key] = choose(options[key], wanted[key]);
    left = left.filter((group) => group[field] === values[key]);
  }
  const chosen =
    [...left].sort((a, b) => a.n - b.n || a.batch - b.batch);
  options.n = valuesOf(chosen, 'n');
  values.n = choose(options.n, wanted.n);
  const ofN = chosen.filter((group) => group.n === values.n);
  options.batch = valuesOf(ofN, 'batch');
  values.batch = choose(options.batch, wanted.batch);
  const group = ofN.find((one) => one.batch === values.batch) || null;
  return {values, options, groups: chosen, group};
}

/** Every choice of all dimensions but n and batch, resolved. */
function all(groups) {
  const seen = new Map();
  for (const group of groups) {
    const wanted = {};
    for (const {key, field} of DIMENSIONS) wanted[key] = String(group[field]);
    const name = JSON.stringify(wanted);
    if (!seen.has(name)) seen.set(name, wanted);
  }
  return [...seen.values()].map((wanted) => resolve(groups, wanted));
}

const parseHash = (hash) =>
  Object.fromEntries(new URLSearchParams(hash.replace(/^#/, '')));

function formatHash(state) {
  const kept = Object.entries(state).filter(([, value]) =>
    value !== undefined && value !== null && value !== '');
  return `#${new URLSearchParams(kept)}`;
}

hybrid.selection = {DIMENSIONS, resolve, all, parseHash, formatHash};
})();
