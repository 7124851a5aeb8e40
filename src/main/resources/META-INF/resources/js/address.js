/**
 * What a view keeps in the address, so that a link shows the same and Back works: a query behind the path in the part after `#`.
 */

/** The path of the view that is shown: `#/`, `#/namespace/name`. */
function path() {
  const [shown] = (location.hash || '#/').split('?');
  return shown;
}

/**
 * Writes the query of the view that is shown; the view stays.
 *
 * @param {URLSearchParams} parameters
 * @param {{isStep: boolean}} how whether Back is to come back to what was shown before: not for every letter that is typed
 */
export function keepInAddress(parameters, { isStep }) {
  const query = parameters.toString();
  const hash = query === '' ? path() : `${path()}?${query}`;
  if (hash === (location.hash || '#/')) {
    return;
  }
  if (isStep) {
    history.pushState(null, '', hash);
  } else {
    history.replaceState(null, '', hash);
  }
}
