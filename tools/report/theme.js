// Colours of the charts, light and dark: safe for the colour-blind, text with
// a contrast of at least 4.5 against what it stands on.
(function() {
'use strict';
const hybrid = globalThis.hybrid = globalThis.hybrid || {};

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", ' +
  '"DejaVu Sans", sans-serif';

/**
 * `params` go into the parameters of the same names of a specification;
 * `diverging` runs from slower over equal to faster; `category` is for splits
 * (Okabe and Ito's colours, lightened or darkened for the background).
 */
const THEMES = {
  light: {
    params: {
      ink: '#1b1f24', ink_soft: '#57606a', surface: '#ffffff',
      no_value: '#e6e8eb', border: '#1b1f24',
      load_colour: '#cc8400', operate_colour: '#2a66a5', idle_colour: '#929aa2',
      other_colour: '#a5acb4', step_colour: '#a63d00',
    },
    grid: '#e8eaed',
    diverging: ['#a84a00', '#e08a3c', '#eeede8', '#6fa8d6', '#1f5a9e'],
    category: ['#0067a5', '#c65400', '#00805c', '#a8518a', '#4a90c8', '#8a6d00',
               '#5b4fa2', '#6b4226'],
  },
  dark: {
    params: {
      ink: '#e6e9ed', ink_soft: '#a2acb7', surface: '#171b20',
      no_value: '#333a42', border: '#f0f3f6',
      load_colour: '#f0b030', operate_colour: '#5aa2e0', idle_colour: '#68717b',
      other_colour: '#6c7681', step_colour: '#ff9b5c',
    },
    grid: '#2b323a',
    diverging: ['#f4a259', '#a5622c', '#2c3138', '#3a719f', '#7cc0f5'],
    category: ['#5fb4ef', '#f28a3c', '#35c79b', '#e391c6', '#a9d5f5', '#e3cf4f',
               '#a99bf0', '#c99a78'],
  },
};

/** One for each split that gets its own shape: kMostSeries in choices.cc. */
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross',
                'triangle-down', 'triangle-right', 'triangle-left'];

/** Vega-Lite's configuration for a theme. */
function config(name) {
  const theme = THEMES[name];
  const {ink, ink_soft: soft} = theme.params;
  return {
    background: theme.params.surface,
    font: FONT,
    padding: 2,
    view: {stroke: null},
    axis: {
      labelColor: soft, titleColor: soft, gridColor: theme.grid,
      domainColor: soft, tickColor: soft, labelFontSize: 11,
      titleFontSize: 11, titleFontWeight: 'normal', titlePadding: 6,
    },
    legend: {
      labelColor: ink, titleColor: soft, labelFontSize: 11, titleFontSize: 11,
      titleFontWeight: 'normal', symbolStrokeWidth: 1.5,
    },
    header: {labelColor: ink, titleColor: soft},
    title: {color: ink},
    text: {color: ink},
    range: {
      diverging: theme.diverging, category: theme.category, symbol: SHAPES,
    },
  };
}

hybrid.theme = {config, params: (name) => THEMES[name].params, SHAPES};
})();
