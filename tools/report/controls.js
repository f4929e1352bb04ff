// The selector of what is shown.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

/** The control of one dimension, which has `values`. */
function control({key, label}, values, chosen, change) {
  const {el} = hybrid.dom;
  const select = el('select', {
    id: `pick-${key}`, name: key, disabled: values.length < 2,
    onchange: () => change(key, select.value),
  }, values.map((value) => el('option', {
    value, selected: value === chosen,
  }, String(value) === '' ? '(none)' : value)));
  return el('label', {class: 'pick', for: `pick-${key}`},
    el('span', {}, label), select);
}

/**
 * Fills the selector for a choice. `change(key, value)` is called when the user
 * picks.
 */
function fill(data, choice, change) {
  const {replace, el} = hybrid.dom;
  const form = document.getElementById('controls');
  const focused = document.activeElement && document.activeElement.id;
  if (!choice.group) {
    replace(form);
    form.hidden = true;
    return;
  }
  const shown = hybrid.selection.choosers(data).filter(({key, always}) =>
    always || choice.options[key].length > 1);
  const details = hybrid.selection.details(data);
  const make = (one) => control(one, choice.options[one.key],
    choice.values[one.key], change);
  replace(form,
    el('div', {class: 'picks'}, shown.map(make)),
    el('div', {class: 'picks'}, details.map(make)));
  const again = focused && form.querySelector(`#${CSS.escape(focused)}`);
  if (again) again.focus();
}

hybrid.controls = {fill};
})();
