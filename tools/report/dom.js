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

function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** A symbol and a word, coloured by verdict. */
function verdictMark(name, text) {
  const {symbol, word} = hybrid.verdicts.of(name);
  return el('span', {class: `verdict ${name}`},
    el('span', {class: 'symbol', 'aria-hidden': 'true'}, symbol),
    text === undefined ? ` ${word}` : ` ${text}`,
    text === undefined ? null : el('span', {class: 'unseen'}, ` (${word})`));
}

/** A table in a box that scrolls by itself where the page is too narrow. */
function table({caption, head, rows, kind}) {
  const cell = (tag) => (content) => content instanceof Node &&
    /^T[DH]$/.test(content.tagName) ? content : el(tag, {}, content);
  return el('div', {class: kind.includes('long') ? 'scroll long' : 'scroll',
                    tabindex: '0', role: 'region',
                    'aria-label': caption},
    el('table', {class: kind},
      el('caption', {class: 'unseen'}, caption),
      el('thead', {}, el('tr', {}, head.map((one) =>
        one instanceof Node ? one : el('th', {scope: 'col'}, one)))),
      el('tbody', {}, rows.map((row) =>
        row instanceof Node ? row : el('tr', {}, row.map(cell('td')))))));
}

const say = (text) => {
  document.getElementById('announce').textContent = text;
};

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

/** A button that copies `lines`. `what` tells it from others. */
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
