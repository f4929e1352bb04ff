// Making elements. Values only ever become text or attributes, never markup.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/**
 * An element with attributes and children (elements, texts, lists of them;
 * null is left out). `on…` attributes are listeners.
 */
function el(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === '') continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Puts `children`, as el takes them, in place of what `element` holds. */
function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/**
 * A verdict's symbol, coloured by it, and its word; or `text` instead, with the
 * word for those who don't see the symbol.
 */
function verdictMark(name, text) {
  const {symbol, word} = hybrid.verdicts.of(name);
  return el('span', {class: `verdict ${name}`},
    el('span', {class: 'symbol', 'aria-hidden': 'true'}, symbol),
    text === undefined ? ` ${word}` : ` ${text}`,
    text === undefined ? null : el('span', {class: 'unseen'}, ` (${word})`));
}

/**
 * A table in a box that scrolls by itself where the page is too narrow. `head`
 * has texts or cells; `rows` has rows, or lists of texts, elements and cells.
 */
function table({caption, head, rows, kind}) {
  const isCell = (content) =>
    content instanceof Node && /^T[DH]$/.test(content.tagName);
  const cell = (content) => isCell(content) ? content : el('td', {}, content);
  return el('div', {class: kind.includes('long') ? 'scroll long' : 'scroll',
                    tabindex: '0', role: 'region',
                    'aria-label': caption},
    el('table', {class: kind},
      el('caption', {class: 'unseen'}, caption),
      el('thead', {}, el('tr', {}, head.map((one) =>
        one instanceof Node ? one : el('th', {scope: 'col'}, one)))),
      el('tbody', {}, rows.map((row) =>
        row instanceof Node ? row : el('tr', {}, row.map(cell))))));
}

/** Has screen readers say `text`. */
const say = (text) => {
  document.getElementById('announce').textContent = text;
};

/** Puts `text` on the clipboard; throws if the browser allows neither way. */
async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (refused) {
    const area = el('textarea', {class: 'unseen'});
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    if (!copied) throw refused;
  }
}

/** A button that copies `lines`; `what` tells it from other such buttons. */
function copyButton(lines, what) {
  const button = el('button', {
    type: 'button', class: 'copy', title: lines.join('\n'),
    'aria-label': `Copy the lines for ${what}`,
  }, 'Copy');
  button.addEventListener('click', async (event) => {
    event.stopPropagation();
    let result = 'Copied';
    try {
      await copyText(`${lines.join('\n')}\n`);
    } catch {
      result = 'Not allowed';
    }
    button.textContent = result;
    say(`${result}: the lines for ${what}`);
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  return button;
}

hybrid.dom = {el, replace, table, verdictMark, copyButton, say};
})();
