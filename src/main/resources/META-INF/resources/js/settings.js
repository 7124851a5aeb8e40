/** The menu of the header: colour scheme, time zone, and who is signed in. */
import { h, setText } from './dom.js';
import { chooseScheme, chooseZone, chosenScheme, chosenZone, localZone } from './preferences.js';
import { SESSION_CHANGED, askForToken, currentToken, isDeclined, signOut } from './session.js';

/** Fills the menu that `button` opens. */
export function createSettings(button, menu) {
  const sign = h('button.button', { type: 'button', onclick: () => (currentToken() === null ? signIn() : leave()) });
  menu.replaceChildren(
    choices('Colors', 'scheme', [['system', 'System'], ['light', 'Light'], ['dark', 'Dark']], chosenScheme(), chooseScheme),
    choices('Times in', 'zone', [['utc', 'UTC'], ['local', `Local (${localZone()})`]], chosenZone(), chooseZone),
    sign,
  );

  function signIn() {
    menu.hidePopover();
    askForToken();
  }

  /** Nothing that was read with the token stays on the screen or in memory. */
  function leave() {
    signOut();
    location.reload();
  }

  function drawSession() {
    const isSignedIn = currentToken() !== null;
    setText(sign, isSignedIn ? 'Sign out' : 'Sign in');
    sign.hidden = !isSignedIn && !isDeclined();
  }

  addEventListener(SESSION_CHANGED, drawSession);
  menu.addEventListener('toggle', ({ newState }) => button.setAttribute('aria-expanded', String(newState === 'open')));
  drawSession();
}

function choices(title, name, options, chosen, choose) {
  return h('fieldset.menu-choices', {}, h('legend', {}, title), h('div.ranges', {}, options.map(([value, text]) => h('label', {},
    h('input', { type: 'radio', name, value, checked: value === chosen, onchange: () => choose(value) }),
    h('span', {}, text)))));
}
