// The raw rows in memory: reading, sorting and finding. Pure: needs no page.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** A function that gives a column's value in a row. */
function reader(column) {
  if ('constant' in column) return () => column.constant;
  if (column.dictionary) return (row) => column.dictionary[column.index[row]];
  return (row) => column.values[row];
}

function textOf(value) {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // Short times are read more easily than with all their zeros.
  if (typeof value === 'number' && value !== 0 && Math.abs(value) < 1e-3) {
    return value.toExponential();
  }
  return String(value);
}

/** Which of two values of a column comes first, as sort asks for it. */
function compare(a, b) {
  if (typeof a === 'string' && typeof b === 'string') {
    if (a === b) return 0;
    return a < b ? -1 : 1;
  }
  return Number(a) - Number(b);
}
const missing = (value) =>
  value === null || value === undefined || value === '';

/** Access to the rows of the page's data, {count, columns}, by number. */
function store({count, columns}) {
  const byName = new Map(columns.map((column) =>
    [column.name, {...column, at: reader(column)}]));
  let texts = null;

  /** What each row says, in lower case, made when it is first searched. */
  function textsOfRows() {
    if (texts) return texts;
    const varying = [...byName.values()].filter((one) => !('constant' in one));
    const fixed = [...byName.values()].filter((one) => 'constant' in one)
      .map((one) => textOf(one.constant)).join('\n');
    texts = Array.from({length: count}, (_, row) =>
      `${varying.map((one) => textOf(one.at(row))).join('\n')}\n${fixed}`
        .toLowerCase());
    return texts;
  }

  /**
   * Whether a row matches `term`: one like `name=value` that column's value,
   * others any text.
   */
  function matcher(term) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(term) || [];
    const column = name && byName.get(name);
    if (column) {
      return (row) => textOf(column.at(row)).toLowerCase() === value;
    }
    const all = textsOfRows();
    return (row) => all[row].includes(term);
  }

  /**
   * Numbers of the rows that match all words of `find`, sorted by the column
   * `sort`. What is missing comes last, in either direction.
   */
  function view({find, sort, descending}) {
    const terms = (find || '').toLowerCase().split(/\s+/).filter(Boolean)
      .map(matcher);
    const rows = [];
    for (let row = 0; row < count; ++row) {
      if (terms.every((matches) => matches(row))) rows.push(row);
    }
    const column = byName.get(sort);
    if (!column || 'constant' in column) return rows;
    const sign = descending ? -1 : 1;
    return rows.sort((a, b) => {
      const x = column.at(a), y = column.at(b);
      if (missing(x) || missing(y)) return missing(x) - missing(y) || a - b;
      return sign * compare(x, y) || a - b;
    });
  }

  return {
    count, view, names: columns.map(({name}) => name),
    usual: columns.filter(({usual}) => usual).map(({name}) => name),
    kind: (name) => byName.get(name).kind,
    has: (name) => byName.has(name),
    text: (name, row) => textOf(byName.get(name).at(row)),
  };
}

hybrid.rowStore = {store};
})();
