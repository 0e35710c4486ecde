import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { passphraseOf, type Terminal } from '@clbchat/server/shell/passphrase';
import { Refusal } from '@clbchat/server/shell/refusal';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'clbchat-passphrase-'));
const path = join(folder, 'passphrase');
afterAll(() => rmSync(folder, { recursive: true }));

/** A terminal at which all this is typed, and what it shows. */
function typing(keys: string | null, isTTY = true): { terminal: Terminal; shown: () => string } {
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  const input = Object.assign(new PassThrough(), { isTTY });
  if (keys === null) input.end();
  else input.write(keys);
  return { terminal: { input, output }, shown: () => shown };
}

async function refused(asked: Promise<string>): Promise<string> {
  const error = await asked.catch((each: unknown) => each);
  expect(error).toBeInstanceOf(Refusal);
  return (error as Refusal).message;
}

describe('[A7] a passphrase in a file', () => {
  const { terminal } = typing('typed at the terminal\r');
  const read = (content: string | Buffer, isNew = true) => {
    writeFileSync(path, content);
    return passphraseOf({ path, isNew, terminal });
  };

  test.each(['four words or more', ' four words or more\t', 'vier woorden, é én ü', 'twelve chars'])(
    'is its one line as it is, with or without an end: %j',
    async (line) => {
      for (const end of ['', '\n', '\r\n']) expect(await read(`${line}${end}`)).toBe(line);
    },
  );

  test('has twelve characters where it is new, and any number where it opens', async () => {
    expect(await refused(read('eleven char\n'))).toBe('The passphrase is too short: it needs at least 12 characters.');
    expect(await refused(read('🐢🐢🐢🐢🐢🐢\n'))).toMatch(/too short/);
    expect(await read('eleven char\n', false)).toBe('eleven char');
  });

  test('that cannot be one', async () => {
    expect(await refused(read(''))).toMatch(/is empty\.$/);
    expect(await refused(read('\n', false))).toBe('The passphrase is empty.');
    expect(await refused(read('one line of many\nand more\n'))).toMatch(/more than one line/);
    expect(await refused(read(Buffer.from([0x61, 0xff, 0x62, 0x0a])))).toMatch(/no text in UTF-8/);
    expect(await refused(read('a'.repeat(1_025)))).toMatch(/is too large/);
    expect(await refused(passphraseOf({ path: join(folder, 'none'), isNew: true, terminal }))).toMatch(
      /does not exist\.$/,
    );
    expect(await refused(passphraseOf({ path: folder, isNew: true, terminal }))).toMatch(/is not a file\.$/);
  });
});

describe('[A7] a passphrase at the terminal', () => {
  test('is asked for twice where it is new, once where it opens, and shown nowhere', async () => {
    const once = typing('four words\r');
    expect(await passphraseOf({ path: null, isNew: false, terminal: once.terminal })).toBe('four words');
    expect(once.shown()).toBe('Passphrase: \n');
    const twice = typing('four words or more\rfour words or mp\x7fore\r');
    expect(await passphraseOf({ path: null, isNew: true, terminal: twice.terminal })).toBe('four words or more');
    expect(twice.shown()).toBe('Passphrase: \nThe same again: \n');
  });

  test('that is another the second time, is too short, or never comes', async () => {
    const asked = (keys: string | null, isTTY?: boolean) =>
      refused(passphraseOf({ path: null, isNew: true, terminal: typing(keys, isTTY).terminal }));
    expect(await asked('four words or more\rfour words or mere\r')).toBe('These were two passphrases.');
    expect(await asked('eleven char\releven char\r')).toMatch(/too short/);
    expect(await asked('\r\r')).toBe('The passphrase is empty.');
    for (const keys of ['\x03', 'four words or more\r\x03', '\x04', null])
      expect(await asked(keys)).toBe('No passphrase was given.');
    expect(await asked('four words or more\rfour words or more\r', false)).toMatch(/^There is no terminal to ask/);
  });
});
