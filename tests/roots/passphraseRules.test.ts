import { expect, test } from 'vitest';
import { passphraseProblem } from '@clbchat/shared/statement/passphrase';
import { openRoot } from '@clbchat/shared/statement/rootFile';
import { makeRoots } from '@clbchat/shared/statement/roots';
import { FEW } from './made.ts';

test.each([
  ['', 'too_short'],
  ['vijftien tekens', 'too_short'],
  ['🐢🐢🐇🐇🦔🦔🦉🦉', 'too_short'],
  ['zestien tekens 16', null],
  ['abcdefghijklmnop', null],
  ['aaaaaaaaaaaaaaaaaaaaaaaa', 'too_plain'],
  ['abcdeabcdeabcdeabcde', 'too_plain'],
  [' vier gewone woorden', 'edge'],
  ['vier gewone woorden ', 'edge'],
  ['vier gewone\u00A0woorden', null],
  ['vier gewone\twoorden', 'unprintable'],
  ['vier gewone\nwoorden', 'unprintable'],
  ['vier gewone\u200Bwoorden', 'unprintable'],
  ['vier gewone \uD83D woorden', 'unprintable'],
  ['abcdefgh'.repeat(16), null],
  [`${'abcdefgh'.repeat(16)}i`, 'too_long'],
  ['\n'.repeat(10_000_000), 'too_long'],
])('[O3] each passphrase that no new file is sealed with has a reason: %j', (passphrase, problem) => {
  expect(passphraseProblem(passphrase)).toBe(problem);
});

test('[O3] no roots are made with one that is refused', async () => {
  for (const refused of ['too short', 'a'.repeat(40), 'abcdefgh'.repeat(17)])
    await expect(makeRoots(refused, FEW)).rejects.toThrow(RangeError);
});

test('[O3] letters that another keyboard composes otherwise open the file', async () => {
  const composed = 'een café zónder één zin';
  const { files } = await makeRoots(composed.normalize('NFD'), FEW);
  expect(await openRoot(files.O, composed.normalize('NFC'))).toMatchObject({ ok: true });
  expect(await openRoot(files.O2, composed.normalize('NFD'))).toMatchObject({ ok: true });
  expect(await openRoot(files.O, 'een cafe zonder een zin')).toEqual({ ok: false, why: 'passphrase' });
});
