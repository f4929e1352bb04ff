// How figures and verdicts are written: as the plain-text answer writes them.
(function() {
'use strict';
const NBSP = '\u00a0';  // a figure and its unit stay on one line
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** Three significant digits, without exponents from 1 on. */
function number(value) {
  const size = Math.abs(value);
  if (size >= 99.95) return value.toFixed(0);
  if (size >= 9.995) return value.toFixed(1);
  if (size >= 0.9995 || size === 0) return value.toFixed(2);
  return String(Number(value.toPrecision(3)));
}

const isNumber = (value) => typeof value === 'number' && isFinite(value);
/** What is missing is a dash. */
const orDash = (format) => (value) => isNumber(value) ? format(value) : '–';

/** The largest unit of which `seconds` has at least one. */
function timeUnit(seconds) {
  if (seconds >= 0.9995) return {name: 's', factor: 1};
  if (seconds >= 0.9995e-3) return {name: 'ms', factor: 1e3};
  if (seconds >= 0.9995e-6) return {name: 'µs', factor: 1e6};
  return {name: 'ns', factor: 1e9};
}

function time(seconds) {
  if (seconds === 0) return '0 s';
  const unit = timeUnit(seconds);
  return `${number(seconds * unit.factor)}${NBSP}${unit.name}`;
}

function ratio(value) {
  if (value < 0.00995) return '<0.01×';
  if (value < 0.0995) return `${value.toFixed(3)}×`;
  if (value < 1.995) return `${value.toFixed(2)}×`;
  return `${value.toFixed(value < 9.95 ? 1 : 0)}×`;
}

function percent(share) {
  const value = 100 * share;
  return `${value.toFixed(value < 9.95 ? 1 : 0)}${NBSP}%`;
}

function slower(slowdown) {
  if (slowdown < 1) return `${ratio(1 / slowdown)}${NBSP}faster`;
  if (slowdown >= 1.995) return `${ratio(slowdown)}${NBSP}slower`;
  return `+${percent(slowdown - 1)}`;
}

function bytes(count) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let power = 0;
  while (count >= 1024 && power < units.length - 1) {
    count /= 1024;
    ++power;
  }
  return `${number(count)}${NBSP}${units[power]}`;
}

/** Verdicts: never told by colour alone. */
const VERDICTS = {
  best: {symbol: '★', word: 'best'},
  tie: {symbol: '☆', word: 'tie'},
  loser: {symbol: '↓', word: 'slower'},
  cannot_tell: {symbol: '?', word: 'cannot tell'},
  too_noisy: {symbol: '≈', word: 'too noisy'},
  capped: {symbol: '⊘', word: 'capped'},
  disturbed: {symbol: '∿', word: 'disturbed'},
  failed: {symbol: '✕', word: 'failed'},
};
const verdict = (name) => VERDICTS[name] || {symbol: '·', word: String(name)};

/** A split's median, or what stands in its place. */
function splitTime(split) {
  if (isNumber(split.median_s)) return time(split.median_s);
  if (split.verdict === 'failed') return 'failed';
  return isNumber(split.capped_s) ? `capped after ${time(split.capped_s)}` :
                                    'capped';
}

/** A gain over a rule of thumb, such as `> 89×`. */
function gain(of) {
  switch (of.kind) {
    case 'measured': return ratio(of.ratio);
    case 'more_than': return `>${NBSP}${ratio(of.ratio)}`;
    case 'by_rate': return `${ratio(of.ratio)} by rate`;
    case 'failed': return 'failed';
    default: return 'not measured';
  }
}

hybrid.format = {
  number: orDash(number),
  time: orDash(time),
  ratio: orDash(ratio),
  percent: orDash(percent),
  slower: orDash(slower),
  bytes: orDash(bytes),
  isNumber, timeUnit, verdict, splitTime, gain,
};
})();
