import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { readWhole } from './readFile.ts';
import { Refusal } from './refusal.ts';

/** Characters of a passphrase that a new file is sealed with: whoever has the file may try as long as he likes. */
const NEW_CHARS_MIN = 12;
const FILE_BYTES_MAX = 1_024;

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

interface Wish {
  /** null asks at the terminal */
  readonly path: string | null;
  /** a new one has to be good enough, and is asked for twice */
  readonly isNew: boolean;
  /** why a new one is not good enough, as a sentence; without it, it has to be as long as for an export */
  readonly judge?: (given: string) => string | null;
  readonly terminal: Terminal;
}

/** @throws Refusal */
export async function passphraseOf({ path, isNew, terminal, judge = tooShort }: Wish): Promise<string> {
  const given = path === null ? await asked(terminal, isNew) : await inFile(path);
  if (given === '') throw new Refusal('The passphrase is empty.');
  const why = isNew ? judge(given) : null;
  if (why !== null) throw new Refusal(why);
  return given;
}

const tooShort = (given: string) =>
  [...given].length < NEW_CHARS_MIN
    ? `The passphrase is too short: it needs at least ${NEW_CHARS_MIN} characters.`
    : null;

/** One line, with or without its end. */
async function inFile(path: string): Promise<string> {
  const bytes = await readWhole(path, FILE_BYTES_MAX);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal(`${path} holds no text in UTF-8.`, { cause });
  }
  const line = text.replace(/\r?\n$/, ''); // at most FILE_BYTES_MAX
  if (line.includes('\n')) throw new Refusal(`${path} has more than one line, and a passphrase is one.`);
  return line;
}

/** What is typed is shown nowhere. */
async function asked({ input, output }: Terminal, twice: boolean): Promise<string> {
  if (!input.isTTY)
    throw new Refusal('There is no terminal to ask for the passphrase: name a file with --passphrase-file <path>.');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  lines.on('SIGINT', () => lines.close());
  const typed = lines[Symbol.asyncIterator]();
  const answerTo = async (question: string): Promise<string> => {
    output.write(question);
    const { done, value } = await typed.next();
    output.write('\n');
    if (done) throw new Refusal('No passphrase was given.');
    return value;
  };
  try {
    const first = await answerTo('Passphrase: ');
    if (twice && (await answerTo('The same again: ')) !== first) throw new Refusal('These were two passphrases.');
    return first;
  } finally {
    lines.close();
  }
}
