/** The text of the specification editor while the page is open: whoever looks at a backtest and comes back finds it as it was. */
export const draft = { text: '', endpoint: null };
