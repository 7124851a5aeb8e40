/**
 * Reads the text of an event stream (HTML Living Standard, "Server-sent events", interpretation of an event stream) as it comes, in
 * chunks that may end anywhere, inside a line or between CR and LF included.
 */

/** An event longer than this is no event of this service: ten thousand endpoints are some 12 million characters. */
export const MOST_CHARACTERS = 64 * 1024 * 1024;

export class EventParser {
  #onEvent;
  #most;
  /** Pieces of the line that has not ended: joined once, so that a line of many chunks costs no more than its length. */
  #pieces = [];
  #piecesLength = 0;
  #endedWithReturn = false;
  #type = '';
  #data = [];
  #dataLength = 0;
  #lastId = '';
  #retryMillis = null;

  /** @param {(event: {type: string, data: string, id: string}) => void} onEvent */
  constructor(onEvent, most = MOST_CHARACTERS) {
    this.#onEvent = onEvent;
    this.#most = most;
  }

  /** To be sent as `Last-Event-ID` with the next connection, where it is not empty. */
  get lastId() {
    return this.#lastId;
  }

  /** How long the service wants a client to wait before it comes back, null where it did not say. */
  get retryMillis() {
    return this.#retryMillis;
  }

  /** @throws {RangeError} where an event is longer than can be */
  push(text) {
    let start = 0;
    if (this.#endedWithReturn && text.length > 0) {
      this.#endedWithReturn = false;
      start = text[0] === '\n' ? 1 : 0;
    }
    const ends = /\r\n|\r|\n/g;
    ends.lastIndex = start;
    for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
      this.#line(text.slice(start, end.index));
      start = ends.lastIndex;
      this.#endedWithReturn = end[0] === '\r' && start === text.length;
    }
    if (start < text.length) {
      this.#hold(text.slice(start));
    }
  }

  /** What had not ended when the connection did is dropped: it may be half of something. */
  end() {
    this.#pieces = [];
    this.#piecesLength = 0;
    this.#endedWithReturn = false;
    this.#clear();
  }

  #hold(piece) {
    this.#pieces.push(piece);
    this.#piecesLength += piece.length;
    this.#bound();
  }

  #bound() {
    if (this.#piecesLength + this.#dataLength > this.#most) {
      throw new RangeError(`An event is longer than ${this.#most} characters.`);
    }
  }

  #line(end) {
    const line = this.#pieces.length === 0 ? end : this.#pieces.join('') + end;
    this.#pieces = [];
    this.#piecesLength = 0;
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) {
      return; // a comment
    }
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    this.#field(field, value);
  }

  #field(name, value) {
    switch (name) {
      case 'data':
        this.#data.push(value);
        this.#dataLength += value.length;
        this.#bound();
        break;
      case 'event':
        this.#type = value;
        break;
      case 'id':
        this.#lastId = value.includes('\0') ? this.#lastId : value;
        break;
      case 'retry':
        this.#retryMillis = /^[0-9]+$/.test(value) ? Number(value) : this.#retryMillis;
        break;
      default: // unknown fields are passed over
    }
  }

  #dispatch() {
    const { length } = this.#data;
    const event = { type: this.#type === '' ? 'message' : this.#type, data: this.#data.join('\n'), id: this.#lastId };
    this.#clear();
    if (length > 0) {
      this.#onEvent(event);
    }
  }

  #clear() {
    this.#data = [];
    this.#dataLength = 0;
    this.#type = '';
  }
}
