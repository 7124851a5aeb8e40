/**
 * A text area with line numbers and marks beside it. Tab indents; Escape and then Tab leaves, so that nobody who uses a keyboard is
 * caught in it. Undo, spelling of the browser, search and screen readers work as in every text area, because it is one.
 */
import { h, setAttribute, setText } from './dom.js';

const INDENT = '  ';
let editors = 0;

export class CodeEditor {
  #gutter = h('div.gutter', { 'aria-hidden': 'true' });
  #area;
  #lines = 0;
  #leaves = false;
  #marked = new Map();
  element;

  /**
   * @param {string} label
   * @param {(text: string) => void} onInput
   */
  constructor(label, onInput) {
    const id = `code-${++editors}`;
    this.#area = h('textarea.code', {
      id, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off', 'aria-label': label, 'aria-describedby': `${id}-keys`,
      maxlength: String(256 * 1024),
      onkeydown: (event) => this.#key(event),
      onblur: () => {
        this.#leaves = false;
      },
      oninput: () => {
        this.#number();
        onInput(this.#area.value);
      },
      onscroll: () => {
        this.#gutter.scrollTop = this.#area.scrollTop;
      },
    });
    this.element = h('div.code-frame', {}, h('div.code-box', {}, this.#gutter, this.#area),
      h('p.note', { id: `${id}-keys` }, 'Tab indents, Shift+Tab takes it back. Escape and then Tab leaves the text.'));
    this.#number();
  }

  get text() {
    return this.#area.value;
  }

  /** A locked text can be read, not edited. */
  set isLocked(isLocked) {
    this.#area.readOnly = isLocked;
    setAttribute(this.#area, 'aria-busy', isLocked ? 'true' : null);
  }

  /** Begins with a text; nothing is told. */
  begin(text) {
    this.#area.value = text;
    this.#number();
  }

  /** Takes the place of everything; the reader can undo it. */
  replace(text) {
    const before = document.activeElement;
    this.#area.focus({ preventScroll: true });
    this.#area.select();
    this.#insert(text);
    this.#area.setSelectionRange(0, 0);
    this.#area.scrollTop = 0;
    before?.focus({ preventScroll: true });
  }

  /** @param {Map<number, string>} faults what is wrong, by line from 1 */
  mark(faults) {
    this.#marked = faults;
    [...this.#gutter.children].forEach((element, index) => this.#markLine(element, index + 1));
    setAttribute(this.#area, 'aria-invalid', faults.size > 0 ? 'true' : null);
  }

  /** Goes to a line and selects it. */
  goTo(line) {
    const lines = this.#area.value.split('\n');
    const begin = lines.slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0);
    this.#area.focus();
    this.#area.setSelectionRange(begin, begin + (lines[line - 1] ?? '').length);
    const height = this.#area.scrollHeight / Math.max(lines.length, 1);
    this.#area.scrollTop = Math.max(0, (line - 4) * height);
    this.#area.scrollLeft = 0;
  }

  #number() {
    let lines = 1;
    for (let at = this.#area.value.indexOf('\n'); at >= 0; at = this.#area.value.indexOf('\n', at + 1)) {
      lines++;
    }
    for (; this.#lines < lines; this.#lines++) {
      const element = h('span', {}, String(this.#lines + 1));
      this.#markLine(element, this.#lines + 1);
      this.#gutter.append(element);
    }
    for (; this.#lines > lines; this.#lines--) {
      this.#gutter.lastElementChild.remove();
    }
    this.#gutter.scrollTop = this.#area.scrollTop;
  }

  #markLine(element, line) {
    const fault = this.#marked.get(line);
    setAttribute(element, 'data-fault', fault === undefined ? null : 'true');
    setAttribute(element, 'title', fault ?? null);
    setText(element, fault === undefined ? String(line) : `● ${line}`);
  }

  #key(event) {
    if (event.key === 'Escape') {
      this.#leaves = true;
      return;
    }
    const leaves = this.#leaves;
    if (!['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) {
      this.#leaves = false;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
      return;
    }
    if (event.key === 'Tab' && !leaves) {
      event.preventDefault();
      this.#indent(event.shiftKey);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      this.#insert(`\n${this.#indentOfLine()}`);
    }
  }

  /** As far as the line is indented that the cursor is in, and more behind a key that opens a block. */
  #indentOfLine() {
    const { value, selectionStart } = this.#area;
    const line = value.slice(value.lastIndexOf('\n', selectionStart - 1) + 1, selectionStart);
    const indent = /^ */.exec(line)[0];
    return /:\s*$/.test(line) ? indent + INDENT : indent;
  }

  #indent(isBack) {
    const { value, selectionStart: from, selectionEnd: to } = this.#area;
    if (from === to && !isBack) {
      this.#insert(INDENT);
      return;
    }
    const begin = value.lastIndexOf('\n', from - 1) + 1;
    const end = to > begin && value[to - 1] === '\n' ? to - 1 : to;
    const block = value.slice(begin, end);
    const changed = isBack ? block.replace(/^ {1,2}/gm, '') : block.replace(/^(?=.)/gm, INDENT);
    this.#area.setSelectionRange(begin, end);
    this.#insert(changed);
    this.#area.setSelectionRange(from === to ? Math.max(begin, from + changed.length - block.length) : begin, begin + changed.length);
    if (from === to) {
      this.#area.setSelectionRange(this.#area.selectionStart, this.#area.selectionStart);
    }
  }

  /** In place of the selection, so that it can be undone: browsers keep their history by this old way only. */
  #insert(text) {
    if (!document.execCommand('insertText', false, text)) {
      this.#area.setRangeText(text, this.#area.selectionStart, this.#area.selectionEnd, 'end');
      this.#area.dispatchEvent(new Event('input'));
    }
  }
}
