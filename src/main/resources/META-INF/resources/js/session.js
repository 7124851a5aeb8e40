/**
 * Who asks: a token, kept for this tab only and never part of an address. Where the service wants one, or another, a dialog asks for
 * it once, however many calls were refused at the same time.
 */
import { h, setText } from './dom.js';

const KEY = 'prescale.token';

/** Fired on `window` when a token was given or taken away. */
export const SESSION_CHANGED = 'prescale:session';

let token = stored();
let asking = null;
let declined = false;
let dialog = null;

export const currentToken = () => token;

/**
 * Asks for a token after a call was refused.
 *
 * @param {{sent: string | null, status: number, detail: string}} refusal
 * @returns {Promise<boolean>} whether to try again: false where the reader does not want to give one
 */
export function renewToken({ sent, status, detail }) {
  if (sent !== token) {
    return Promise.resolve(token !== null); // another call has been here meanwhile
  }
  if (declined) {
    return Promise.resolve(false);
  }
  return askForToken(status === 403
    ? `This needs more rights than you have. ${detail}`
    : sent === null ? '' : `The service did not accept this token. ${detail}`);
}

/** Opens the dialog, where it is not open already; whether a token was given. */
export function askForToken(fault = '') {
  asking ??= openDialog(fault).then((given) => {
    asking = null;
    declined = given === null;
    if (given !== null) {
      keep(given);
    }
    dispatchEvent(new Event(SESSION_CHANGED));
    return given !== null;
  });
  return asking;
}

export function signOut() {
  keep(null);
  declined = false;
  dispatchEvent(new Event(SESSION_CHANGED));
}

/** Whether calls are refused because the reader did not want to give a token. */
export const isDeclined = () => declined;

function stored() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(next) {
  token = next;
  try {
    if (next === null) {
      sessionStorage.removeItem(KEY);
    } else {
      sessionStorage.setItem(KEY, next);
    }
  } catch {
    // kept until the page is closed
  }
}

/** What may stand in an `Authorization` header: anything else would be refused by `fetch` with a message for nobody. */
const ALLOWED = /^[\x21-\x7e]+$/;

function openDialog(fault) {
  dialog ??= createDialog();
  const { element, input, error, form } = dialog;
  const show = (text) => {
    setText(error, text);
    error.hidden = text === '';
    input.setAttribute('aria-invalid', String(text !== ''));
  };
  show(fault);
  input.value = '';
  return new Promise((resolve) => {
    let given = null;
    form.onsubmit = (event) => {
      event.preventDefault();
      const typed = input.value.trim();
      if (!ALLOWED.test(typed)) {
        show(typed === '' ? 'Enter a token.' : 'A token has letters, digits and signs, without spaces.');
        input.focus();
        return;
      }
      given = typed;
      element.close();
    };
    element.onclose = () => {
      input.value = '';
      resolve(given);
    };
    element.showModal();
    input.focus();
  });
}

function createDialog() {
  const input = h('input', {
    id: 'token', name: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'token-hint token-error',
  });
  const error = h('p.form-error', { id: 'token-error', role: 'alert', hidden: true });
  const form = h('form', { method: 'dialog', novalidate: true },
    h('h2', { id: 'token-title' }, 'Sign in'),
    h('p.soft', { id: 'token-hint' }, 'This service wants a token. It is kept for this tab until you sign out or close it.'),
    h('label', { for: 'token' }, 'Access token'), input, error,
    h('div.form-actions', {},
      h('button.button', { type: 'button', onclick: () => element.close() }, 'Not now'),
      h('button.button.primary', { type: 'submit' }, 'Sign in')));
  const element = h('dialog.dialog', { 'aria-labelledby': 'token-title' }, form);
  document.body.append(element);
  return { element, input, error, form };
}
