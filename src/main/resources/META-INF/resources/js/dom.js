/**
 * An element with attributes and children. An attribute that is null, undefined or false is left out; text goes in as a
 * text node, so nothing that a service says is ever read as markup.
 *
 * @param {string} tag `div`, or `div.class.other`
 */
export function h(tag, attributes = {}, ...children) {
  const [name, ...classes] = tag.split('.');
  const element = document.createElement(name);
  if (classes.length > 0) {
    element.className = classes.join(' ');
  }
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Writes only what differs: an unchanged text keeps the reader's selection, and screen readers stay quiet. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setAttribute(element, name, value) {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/**
 * Brings a parent's children in line with a list of items, keeping the element of an item that stays, so that focus,
 * hover and an opened disclosure survive a live update.
 *
 * @param {(item: T, index: number) => string} keyOf
 * @param {(item: T) => Element} create
 * @param {(element: Element, item: T) => void} refresh
 * @template T
 */
export function syncChildren(parent, items, keyOf, create, refresh = () => {}) {
  const keys = new Set(items.map(keyOf));
  const existing = new Map();
  // Those that go first: an element that stays and follows one that goes would have to be moved, and lose the focus.
  for (const child of [...parent.children]) {
    if (keys.has(child.dataset.key) && !existing.has(child.dataset.key)) {
      existing.set(child.dataset.key, child);
    } else {
      child.remove();
    }
  }
  let position = parent.firstElementChild;
  for (const [index, item] of items.entries()) {
    const key = keyOf(item, index);
    let element = existing.get(key);
    existing.delete(key);
    if (element === undefined) {
      element = create(item);
      element.dataset.key = key;
    }
    if (element === position) {
      position = position.nextElementSibling;
    } else {
      parent.insertBefore(element, position);
    }
    refresh(element, item);
  }
}
