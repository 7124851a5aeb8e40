/**
 * Reads recorded traffic from CSV text, `timestamp,value` with a row per step, as it comes in pieces, and names what is wrong by its
 * line. The rules are those of `prescale backtest FILE.csv`; the bounds are those of the service.
 */

export const MOST_VALUES = 100_000;
const MOST_MILLIS = 400 * 86_400_000;
const MOST_FAULTS = 20;
const LONGEST_LINE = 1_000;
const ROWS_THAT_TELL_THE_STEP = 4_096;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;
const LEAST_STEP = 10;

const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.0+)?)?(Z|[+-]\d{2}(:?\d{2})?)$/i;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

export class CsvReader {
  #rest = '';
  #line = 0;
  #seconds = [];
  #values = [];
  #lines = [];
  #faults = [];
  #unnamed = 0;
  #isStopped = false;

  /** Rows that have been read. */
  get rows() {
    return this.#values.length;
  }

  /** Whether more text would change nothing. */
  get isStopped() {
    return this.#isStopped;
  }

  /** @param {string} text the next piece, cut anywhere */
  push(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    for (const line of lines) {
      this.#take(line);
    }
    if (this.#rest.length > LONGEST_LINE) {
      this.#fault(this.#line + 1, `the line is longer than ${LONGEST_LINE} characters`);
      this.#isStopped = true;
    }
  }

  /** @returns {{start: number, step: number, values: (number | null)[], gaps: number, faults: {line: number, problem: string}[], unnamed: number}} seconds; no values where there are faults */
  finish() {
    if (this.#rest !== '' && !this.#isStopped) {
      this.#take(this.#rest);
    }
    const grid = this.#faults.length === 0 ? this.#grid() : null;
    return this.#faults.length > 0 || grid === null
      ? { start: 0, step: 0, values: [], gaps: 0, faults: this.#faults, unnamed: this.#unnamed }
      : { ...grid, faults: [], unnamed: 0 };
  }

  #take(raw) {
    if (this.#isStopped) {
      return;
    }
    this.#line++;
    const line = raw.replace(/\r$/, '');
    if (this.#line === 1) {
      const header = line.replace(/^\uFEFF/, '');
      if (header !== 'timestamp,value' && !header.startsWith('timestamp,value,')) {
        this.#fault(1, `the header must be timestamp,value, was '${excerpt(header)}'`);
        this.#isStopped = true;
      }
      return;
    }
    if (line.trim() !== '') {
      this.#row(line);
    }
  }

  #row(line) {
    const [time, value, ...others] = line.split(',').map((field) => field.trim());
    if (value === undefined) {
      this.#fault(this.#line, `a row must be timestamp,value, was '${excerpt(line)}'`, others);
      return;
    }
    const second = this.#second(time);
    const number = this.#number(value);
    if (second === null || number === null) {
      return;
    }
    const last = this.#seconds.at(-1);
    if (last !== undefined && second <= last) {
      this.#fault(this.#line, `timestamp ${time} is ${second === last ? 'the same as' : 'earlier than'} line ${this.#lines.at(-1)}; rows must be in order, one per step`);
      return;
    }
    if (this.#values.length === MOST_VALUES) {
      this.#fault(this.#line, tooLong(`more than ${MOST_VALUES.toLocaleString('en')} rows`));
      this.#isStopped = true;
      return;
    }
    this.#seconds.push(second);
    this.#values.push(number);
    this.#lines.push(this.#line);
  }

  #second(text) {
    const millis = TIME.test(text) ? Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')) : NaN;
    if (Number.isNaN(millis)) {
      this.#fault(this.#line, `timestamp must be ISO-8601 with its offset and whole seconds, as 2024-01-01T00:00:00Z, was '${excerpt(text)}'`);
      return null;
    }
    return millis / 1000;
  }

  #number(text) {
    if (text === '') {
      this.#fault(this.#line, 'value is missing: leave out the row of a step that was not recorded');
      return null;
    }
    const value = NUMBER.test(text) ? Number(text) : NaN;
    if (!(value >= 0 && value <= 1e15)) {
      this.#fault(this.#line, `value must be a number from 0 to 1e15, was '${excerpt(text)}'`);
      return null;
    }
    return value;
  }

  /** Rows on the grid of the most common spacing; a step without a row is a gap, and never zero. */
  #grid() {
    if (this.#values.length < 2) {
      this.#fault(this.#line, this.#values.length === 0 ? 'there is no row after the header' : 'there is one row only; two are the fewest that tell a step');
      return null;
    }
    const start = this.#seconds[0];
    const step = mostCommonSpacing(this.#seconds);
    if (step < LEAST_STEP || step > HOUR || DAY % step !== 0 || (MINUTE % step !== 0 && step % MINUTE !== 0)) {
      this.#fault(this.#lines[1], `the rows are ${step} s apart; a step is 10 s to 1 h, divides a day, and divides a minute or is whole minutes`);
      return null;
    }
    const places = this.#seconds.map((second) => (second - start) / step);
    places.forEach((place, index) => {
      if (!Number.isInteger(place)) {
        this.#fault(this.#lines[index], `${new Date(this.#seconds[index] * 1000).toISOString()} is not a whole number of steps of ${step} s after the first row`);
      }
    });
    const length = places.at(-1) + 1;
    if (length > MOST_VALUES || length * step * 1000 > MOST_MILLIS) {
      this.#fault(this.#lines.at(-1), tooLong(`${Math.ceil(length).toLocaleString('en')} steps of ${step} s from its first row to its last`));
    }
    if (this.#faults.length > 0) {
      return null;
    }
    const values = new Array(length).fill(null);
    places.forEach((place, index) => {
      values[place] = this.#values[index];
    });
    return { start, step, values, gaps: length - this.#values.length };
  }

  #fault(line, problem) {
    if (this.#faults.length < MOST_FAULTS) {
      this.#faults.push({ line, problem });
    } else {
      this.#unnamed++;
    }
  }
}

function tooLong(what) {
  return `the file has ${what}; this page takes ${MOST_VALUES.toLocaleString('en')} steps and 400 days. Use coarser steps, or the command prescale backtest FILE.csv, which takes two years of minutes`;
}

function mostCommonSpacing(seconds) {
  const counts = new Map();
  for (let index = 1; index < Math.min(seconds.length, ROWS_THAT_TELL_THE_STEP); index++) {
    const spacing = seconds[index] - seconds[index - 1];
    counts.set(spacing, (counts.get(spacing) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] || (next[1] === best[1] && next[0] < best[0]) ? next : best))[0];
}

function excerpt(text) {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}
