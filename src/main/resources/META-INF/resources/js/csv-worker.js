/** Reads a CSV file beside the page, so that a large one does not stop it. Tells rows as they are read, then the whole or what is wrong. */
import { CsvReader } from './csv.js';

/** More text than any file that is taken has. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

onmessage = async ({ data: file }) => {
  const reader = new CsvReader();
  try {
    await read(file, reader);
    postMessage({ done: reader.finish() });
  } catch (failed) {
    postMessage({ done: { values: [], faults: [{ line: 0, problem: problemOf(failed) }], unnamed: 0 } });
  }
};

async function read(file, reader) {
  const isPacked = file.name.toLowerCase().endsWith('.gz');
  const bytes = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const texts = bytes.pipeThrough(new TextDecoderStream('utf-8', { fatal: true })).getReader();
  let characters = 0;
  for (let piece = await texts.read(); !piece.done && !reader.isStopped; piece = await texts.read()) {
    characters += piece.value.length;
    if (characters > MOST_CHARACTERS) {
      throw new RangeError('the file is larger than 64 MiB');
    }
    reader.push(piece.value);
    postMessage({ rows: reader.rows });
  }
}

function problemOf(failed) {
  if (failed instanceof RangeError) {
    return failed.message;
  }
  return failed instanceof TypeError ? 'the file is not text in UTF-8, or not complete gzip' : 'the file cannot be read';
}
