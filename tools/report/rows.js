// The raw rows: every row, any columns, sorted and searched. Of many rows only
// those in sight are elements.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

const ROW_HEIGHT = 24;    // pixels, as in page.css
const ALL_AT_ONCE = 300;  // up to so many rows are all elements
const MARGIN = 20;        // rows rendered above and below what is in sight
const PRINTED = 40;       // rows that paper shows
const TYPING = 300;       // milliseconds without a key: the word is whole
const SAMPLES = 400;      // rows that a column's width is judged by
const WIDTH = {least: 5, most: 30};  // of a column, in characters

/** Width in characters that holds a column's texts, judged by some of them. */
function widthOf(store, name) {
  let most = name.length + 3;
  const step = Math.max(1, Math.floor(store.count / SAMPLES));
  for (let row = 0; row < store.count; row += step) {
    most = Math.max(most, store.text(name, row).length);
  }
  return Math.min(WIDTH.most, Math.max(WIDTH.least, most)) + 2;
}

/**
 * Fills the section as `state` says. `changed({sort, desc, find, columns})` is
 * told of what the user does. Returns {apply(state), print(on)}: one shows
 * another state, the other turns what paper shows on and off.
 */
function create(data, state, changed) {
  const {el, replace, say} = hybrid.dom;
  const store = hybrid.rowStore.store(data.rows);
  const body = document.getElementById('rows-body');
  if (!store.count) {
    replace(body, el('p', {class: 'note empty'}, 'The files hold no rows.'));
    return {apply() {}, print() {}};
  }
  const known = (names) => names.filter((name) => store.has(name));
  const columnsOf = (text) => {
    const asked = known((text || '').split(','));
    return asked.length ? asked : store.usual;
  };
  let {sort, desc, find} = state;
  let columns = columnsOf(state.columns);
  let rows = [], printing = false, typing = 0;

  const search = el('input', {
    type: 'search', id: 'find', placeholder: 'words, or column=value',
    autocomplete: 'off', spellcheck: 'false',
    oninput: () => {
      find = search.value;
      refresh(false);
      clearTimeout(typing);  // browsers refuse too many changes of an address
      typing = setTimeout(tell, TYPING);
    },
  });
  const count = el('span', {class: 'count', 'aria-live': 'polite'});
  const picker = el('fieldset', {class: 'columns'},
    el('legend', {class: 'unseen'}, 'Columns'));
  const head = el('tr', {'aria-rowindex': '1'});
  const group = el('colgroup');
  const lines = el('tbody');
  const table = el('table', {class: 'rows'},
    el('caption', {class: 'unseen'}, 'Raw rows'), group,
    el('thead', {}, head), lines);
  const box = el('div', {class: 'scroll rows-box', tabindex: '0',
                         role: 'region', 'aria-label': 'Raw rows',
                         onscroll: () => renderLines()}, table);
  const note = el('p', {class: 'note print-only'});
  replace(body, el('div', {class: 'rows-tools no-print'},
    el('label', {for: 'find'}, 'Find '), search, count,
    el('details', {}, el('summary', {}, 'Columns'), picker)), note, box);

  function sortBy(name) {
    const isTurned = sort === name && !desc;
    desc = isTurned ? '1' : '';
    sort = name;
    refresh(true);
    say(`Sorted by ${name}, ${desc ? 'descending' : 'ascending'}`);
    const again = head.querySelector(`button[data-name="${CSS.escape(name)}"]`);
    if (again) again.focus();
  }

  function renderHead() {
    const widths = columns.map((name) => widthOf(store, name));
    replace(group, widths.map((width) =>
      el('col', {style: `width:${width}ch`})));
    table.style.width = `${widths.reduce((a, b) => a + b, 0)}ch`;
    table.setAttribute('aria-colcount', columns.length);
    const order = desc ? 'descending' : 'ascending';
    const arrow = desc ? ' ▾' : ' ▴';
    replace(head, columns.map((name) => {
      const sorted = name === sort;
      return el('th', {
        scope: 'col', class: store.kind(name) === 'number' ? 'num' : null,
        'aria-sort': sorted ? order : 'none',
      }, el('button', {type: 'button', 'data-name': name,
                       onclick: () => sortBy(name)},
      // Paper may break names behind an underscore.
      name.split(/(?<=_)/).map((part) => [part, el('wbr')]),
      el('span', {class: 'arrow', 'aria-hidden': 'true'},
        sorted ? arrow : '')));
    }));
  }

  function line(place) {
    return el('tr', {'aria-rowindex': place + 2, 'data-row': rows[place]},
      columns.map((name) => {
        const text = store.text(name, rows[place]);
        return el('td', {
          class: store.kind(name) === 'number' ? 'num' : null,
          title: text.length > WIDTH.most ? text : null,
        }, text);
      }));
  }

  const gap = (height) => height <= 0 ? null :
    el('tr', {class: 'gap', 'aria-hidden': 'true'},
      el('td', {colspan: columns.length, style: `height:${height}px`}));

  let drawn = '';
  function renderLines() {
    let first = 0;
    let end = printing ? Math.min(PRINTED, rows.length) : rows.length;
    if (!printing && rows.length > ALL_AT_ONCE) {
      const seen = Math.floor(box.scrollTop / ROW_HEIGHT);
      first = Math.max(0, seen - MARGIN - seen % 10);
      end = Math.min(rows.length,
        seen + Math.ceil(box.clientHeight / ROW_HEIGHT) + 2 * MARGIN);
    }
    const now = `${first} ${end}`;
    if (now === drawn) return;
    drawn = now;
    replace(lines,
      printing ? null : gap(first * ROW_HEIGHT),
      Array.from({length: end - first}, (_, at) => line(first + at)),
      printing ? null : gap((rows.length - end) * ROW_HEIGHT));
  }

  function renderPicker() {
    replace(picker, el('legend', {class: 'unseen'}, 'Columns'),
      store.names.map((name) => {
        const tick = el('input', {
          type: 'checkbox', checked: columns.includes(name),
          onchange: () => {
            const shown = new Set(columns);
            if (tick.checked) shown.add(name);
            else shown.delete(name);
            if (!shown.size) {  // a table needs a column
              tick.checked = true;
              return;
            }
            columns = store.names.filter((one) => shown.has(one));
            refresh(true);
          },
        });
        return el('label', {}, tick, ` ${name}`);
      }));
  }

  function tell() {
    const usual = columns.join() === columnsOf('').join();
    changed({sort, desc, find, columns: usual ? '' : columns.join()});
  }

  function refresh(byUser) {
    rows = store.view({find, sort, descending: Boolean(desc)});
    drawn = '';
    table.setAttribute('aria-rowcount', rows.length + 1);
    count.textContent = rows.length === store.count ? `${store.count} rows` :
      `${rows.length} of ${store.count} rows`;
    note.textContent = rows.length > PRINTED ?
      `The first ${PRINTED} of ${rows.length} rows; the CSV holds all.` : '';
    renderHead();
    renderLines();
    if (byUser) tell();
  }

  function apply(next) {
    ({sort, desc, find} = next);
    if (desc === '0') desc = '';
    columns = columnsOf(next.columns);
    if (search.value !== (find || '')) search.value = find || '';
    renderPicker();
    refresh(false);
  }
  apply(state);

  return {
    apply,
    /** Has the first rows stand without a box, for paper, or ends that. */
    print(on) {
      printing = on;
      drawn = '';
      renderLines();
    },
  };
}

hybrid.rows = {create};
})();
