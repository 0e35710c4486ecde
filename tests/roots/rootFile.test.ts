import { createECDH, createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64url } from '@clbchat/shared/base64url';
import { openRoot, ROOT_FILE_BYTES_MAX, ROUNDS, sealRoot, type OpenedRoot } from '@clbchat/shared/statement/rootFile';
import { makeRoots, pinsText, rootFileName } from '@clbchat/shared/statement/roots';
import { importPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { signBytes, verifyBytes } from '@clbchat/shared/statement/statement';
import { FEW, headerOf, madeOnce, openedByNode, PASSPHRASE, resummed, sealedByNode } from './made.ts';

const bytesOf = (text: string | Uint8Array) => Uint8Array.from(Buffer.from(text as string));
const linesOf = (file: Uint8Array) => Buffer.from(file).toString().split('\n');
const whyOf = async (file: string | Uint8Array, passphrase = PASSPHRASE) => {
  const opened = await openRoot(bytesOf(file), passphrase);
  return opened.ok ? 'it opened' : opened.why;
};
async function opened(file: Uint8Array): Promise<OpenedRoot> {
  const found = await openRoot(file, PASSPHRASE);
  if (!found.ok) throw new Error(found.why);
  return found;
}

test('[O1] two roots with one mailbox, each in a file that says in the open what it is of', async () => {
  const { pins, files } = await madeOnce();
  const [first, second] = [await opened(files.O), await opened(files.O2)];
  expect([first.kind, second.kind]).toEqual(['O', 'O2']);
  expect([first.pins, second.pins]).toEqual([pins, pins]);
  expect([await pinOf(first.root), await pinOf(second.root)]).toEqual(pins);
  expect(first.mailbox).toBe(second.mailbox);
  expect(new Set([first.root, second.root, first.mailbox]).size).toBe(3);
  expect(pinsText(pins)).toBe(`${pins[0]}.${pins[1]}`);
  expect(rootFileName('O2', pins)).toBe(`clbchat-root-O2-${pins[1].slice(0, 6)}.clbkey`);
  const [one, other] = [headerOf(files.O), headerOf(files.O2)];
  expect(one.salt).not.toBe(other.salt);
  expect(one.iv).not.toBe(other.iv);
});

test('[O1] another implementation opens it by its words, and finds the private halves', async () => {
  const { files } = await madeOnce();
  for (const file of [files.O, files.O2]) {
    const header = headerOf(file);
    const plain = openedByNode(file, PASSPHRASE);
    expect(plain).toHaveLength(64);
    for (const [point, d] of [
      [header.root, plain.subarray(0, 32)],
      [header.mailbox, plain.subarray(32)],
    ] as const) {
      const raw = Buffer.from(point, 'base64url');
      const [x, y] = [raw.subarray(1, 33).toString('base64url'), raw.subarray(33).toString('base64url')];
      const jwk = { kty: 'EC', crv: 'P-256', x, y, d: Buffer.from(d).toString('base64url') };
      const key = createPrivateKey({ key: jwk, format: 'jwk' });
      expect(createPublicKey(key).export({ format: 'jwk' })).toEqual({ kty: 'EC', crv: 'P-256', x, y });
    }
    expect(Buffer.from(file).toString()).not.toContain(plain.subarray(0, 32).toString('base64url'));
  }
});

test('[O1] a new file takes a million rounds', async () => {
  expect(ROUNDS).toBe(1_000_000);
  const { files } = await makeRoots(PASSPHRASE);
  expect(headerOf(files.O).rounds).toBe(1_000_000);
});

describe('[O2] a root file is refused by a name', () => {
  test('changed at any byte, or cut at any', async () => {
    const { files } = await madeOnce();
    const names = new Set<string>();
    for (let at = 0; at < files.O.length; at += 1) {
      const changed = Uint8Array.from(files.O);
      changed[at] = changed[at]! ^ 1;
      names.add(await whyOf(changed));
      if (at > 0) names.add(await whyOf(files.O.subarray(0, at)));
    }
    expect([...names].sort()).toEqual(['damaged', 'foreign']);
    const text = Buffer.from(files.O).toString();
    for (const other of [`${text}\n`, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, text.trimEnd(), ` ${text}`])
      expect(['damaged', 'foreign']).toContain(await whyOf(other));
  });

  test('changed by somebody who made the checksum anew: nothing that stands in the open is his', async () => {
    const { files } = await madeOnce();
    const [first, second, third] = linesOf(files.O) as [string, string, string];
    const header = headerOf(files.O);
    const other = headerOf(files.O2);
    const changes = { kind: 'O2', pins: [header.pins[1]!, header.pins[0]!], root: other.root, rounds: FEW + 1 };
    for (const [field, value] of Object.entries({ ...changes, salt: other.salt, iv: other.iv, mailbox: other.root })) {
      const says = JSON.stringify({ ...header, [field]: value });
      expect(await whyOf(resummed([first, says, third])), field).toBe('passphrase');
    }
    expect(await whyOf(resummed([first, second.replace(',', ', '), third])), 'another spelling').toBe('passphrase');
    const cipher = Buffer.from(third, 'base64url');
    cipher[40]! ^= 1;
    expect(await whyOf(resummed([first, second, cipher.toString('base64url')]))).toBe('passphrase');
    expect(await whyOf(resummed([first, second, linesOf(files.O2)[2]!])), 'the key of the other file').toBe(
      'passphrase',
    );
  });

  test('empty, too large, something else, of a later version', async () => {
    expect(await whyOf('')).toBe('empty');
    const { files } = await madeOnce();
    expect(await whyOf(Buffer.concat([files.O, Buffer.alloc(ROOT_FILE_BYTES_MAX)]))).toBe('too_large');
    expect(await whyOf(Buffer.alloc(ROOT_FILE_BYTES_MAX + 1))).toBe('too_large');
    for (const other of ['{}', 'age-encryption.org/v1\n', 'x', Buffer.alloc(ROOT_FILE_BYTES_MAX), '\uD800'])
      expect(await whyOf(other)).toBe('foreign');
    expect(await whyOf('clbchat-root/2\nwhatever it looks like then')).toBe('version');
    for (const cut of ['c', 'clbchat-root', 'clbchat-root/', 'clbchat-root/1', 'clbchat-root/x\n\n\n\n'])
      expect(await whyOf(cut)).toBe('damaged');
  });

  test('with a checksum that fits, and lines that say nothing', async () => {
    const { files } = await madeOnce();
    const [first, second, third] = linesOf(files.O) as [string, string, string];
    const header = headerOf(files.O);
    const odd: readonly (readonly string[])[] = [
      [first, '', third],
      [first, 'null', third],
      [first, '[]', third],
      [first, second, ''],
      [first, second, third.slice(0, -4)],
      [first, second, `${third}AAAA`],
      ...[
        { ...header, kind: 'O3' },
        { ...header, extra: 1 },
        { ...header, pins: [...header.pins, header.pins[0]] },
        { ...header, rounds: 1e300 },
        { ...header, rounds: FEW + 0.5 },
        { ...header, rounds: String(FEW) },
        { ...header, root: header.root.slice(1) },
      ].map((says) => [first, JSON.stringify(says), third]),
    ];
    for (const lines of odd) expect(await whyOf(resummed(lines)), lines[1]).toBe('damaged');
  });

  test('whatever it is: nothing is thrown, and nothing opens', async () => {
    const whole = Buffer.from((await madeOnce()).files.O);
    const refused = async (bytes: Uint8Array) => (await whyOf(bytes)) !== 'it opened';
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), refused));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(whole.length), (bytes, at) =>
        refused(Buffer.concat([whole.subarray(0, at), bytes, Buffer.from([0]), whole.subarray(at)])),
      ),
    );
    // a checksum that fits, and in the header whatever JSON can say; its rounds are never turned
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.base64String({ maxLength: 120 }), (says, sealed) =>
        refused(resummed(['clbchat-root/1', says, sealed])),
      ),
    );
  });

  test('with too few rounds, or so many that it never opens', async () => {
    const { files } = await madeOnce();
    const [first, , third] = linesOf(files.O) as [string, string, string];
    for (const rounds of [0, 1, FEW - 1, 10_000_001, Number.MAX_SAFE_INTEGER]) {
      const says = JSON.stringify({ ...headerOf(files.O), rounds });
      expect(await whyOf(resummed([first, says, third])), String(rounds)).toBe('rounds');
    }
    const content = {
      ...headerOf(files.O),
      kind: 'O',
      pins: (await madeOnce()).pins,
      rootD: '',
      mailboxD: '',
    } as const;
    for (const rounds of [FEW - 1, 10_000_001, NaN])
      await expect(sealRoot({ ...content, pins: [...content.pins] }, PASSPHRASE, rounds)).rejects.toThrow(RangeError);
  });

  test('with another passphrase, and one without a bound turns no rounds', async () => {
    const { files } = await madeOnce();
    for (const other of ['', PASSPHRASE.toUpperCase(), `${PASSPHRASE} `, 'x'.repeat(128)])
      expect(await whyOf(files.O, other)).toBe('passphrase');
    const derive = crypto.subtle.deriveKey.bind(crypto.subtle);
    let turned = 0;
    crypto.subtle.deriveKey = (...all: Parameters<typeof derive>) => ((turned += 1), derive(...all));
    try {
      expect(await whyOf(files.O, 'x'.repeat(129))).toBe('passphrase');
      expect(await whyOf(files.O, 'x'.repeat(50_000_000))).toBe('passphrase');
      expect(turned).toBe(0);
    } finally {
      crypto.subtle.deriveKey = derive;
    }
  });

  test('with keys that are not those of its public points, or of another root than is pinned', async () => {
    const [{ files, pins }, strange] = [await madeOnce(), await makeRoots(PASSPHRASE, FEW)];
    const header = headerOf(files.O);
    const plain = openedByNode(files.O, PASSPHRASE);
    const theirs = openedByNode(strange.files.O, PASSPHRASE);
    const sealed = (says: Partial<typeof header>, halves = plain) =>
      whyOf(sealedByNode({ ...header, ...says }, halves, PASSPHRASE));
    expect(await sealed({}), 'as it was').toBe('it opened');
    expect(await sealed({}, Buffer.concat([theirs.subarray(0, 32), plain.subarray(32)]))).toBe('misfit');
    expect(await sealed({}, Buffer.concat([plain.subarray(0, 32), theirs.subarray(32)]))).toBe('misfit');
    expect(await sealed({}, Buffer.alloc(64))).toBe('misfit');
    expect(await sealed({}, Buffer.alloc(64, 0xff))).toBe('misfit');
    expect(await sealed({ kind: 'O2' })).toBe('misfit');
    expect(await sealed({ pins: [pins[1], pins[0]] })).toBe('misfit');
    expect(await sealed({ pins: [pins[0], pins[0]] })).toBe('misfit');
    expect(await sealed({ root: headerOf(strange.files.O).root })).toBe('misfit');
    expect(await sealed({ mailbox: headerOf(strange.files.O).mailbox })).toBe('misfit');
    const off = Buffer.from(header.mailbox, 'base64url');
    off[64]! ^= 1;
    expect(await sealed({ mailbox: off.toString('base64url') }), 'off the curve').toBe('misfit');
  });
});

test('[O2] keys that do not fit are refused where the engine itself does not look, too', async () => {
  const [{ files }, strange] = [await madeOnce(), await makeRoots(PASSPHRASE, FEW)];
  const [plain, theirs] = [openedByNode(files.O, PASSPHRASE), openedByNode(strange.files.O, PASSPHRASE)];
  const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (...all: unknown[]) => Promise<CryptoKey>;
  /** Believes the private half, whatever public one stands beside it. */
  const trusting = (format: string, jwk: JsonWebKey, ...rest: unknown[]) => {
    if (format !== 'jwk') return importKey(format, jwk, ...rest);
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(Buffer.from(jwk.d!, 'base64url'));
    const point = pair.getPublicKey();
    const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')];
    return importKey(format, { ...jwk, x, y }, ...rest);
  };
  Object.assign(crypto.subtle, { importKey: trusting });
  try {
    const halves = (root: Buffer, mailbox: Buffer) => Buffer.concat([root.subarray(0, 32), mailbox.subarray(32)]);
    const sealed = (both: Buffer) => whyOf(sealedByNode(headerOf(files.O), both, PASSPHRASE));
    expect(await sealed(plain)).toBe('it opened');
    expect(await sealed(halves(theirs, plain))).toBe('misfit');
    expect(await sealed(halves(plain, theirs))).toBe('misfit');
  } finally {
    Reflect.deleteProperty(crypto.subtle, 'importKey');
  }
  expect(await whyOf(files.O)).toBe('it opened');
});

test('[O4] what an opened root gives signs and derives, and cannot be taken out', async () => {
  const { files } = await madeOnce();
  const { key, mailboxKey, root, mailbox } = await opened(files.O);
  for (const [one, uses] of [
    [key, ['sign']],
    [mailboxKey, ['deriveBits']],
  ] as const) {
    expect([one.type, one.extractable, one.usages]).toEqual(['private', false, uses]);
    for (const format of ['jwk', 'pkcs8'] as const)
      await expect(crypto.subtle.exportKey(format, one)).rejects.toThrow();
  }
  const content = Uint8Array.of(1, 2, 3);
  const publicKey = await importPublic(root);
  expect(await verifyBytes(publicKey!, 'issuer', content, await signBytes(key, 'issuer', content))).toBe(true);
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const sender = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const to = await crypto.subtle.importKey('raw', fromBase64url(mailbox)!, curve, true, []);
  const secret = (mine: CryptoKey, theirs: CryptoKey) =>
    crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256).then((bits) => Buffer.from(bits));
  expect(await secret(mailboxKey, sender.publicKey)).toEqual(await secret(sender.privateKey, to));
});
