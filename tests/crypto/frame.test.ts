import { createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from '@clbchat/shared/base64url';
import { concat, utf8 } from '@clbchat/shared/bytes';
import { epochBytes } from '@clbchat/shared/crypto/context';
import { deriveEpoch } from '@clbchat/shared/crypto/epoch';
import { encodeHeader, openFrame, sealFrame } from '@clbchat/shared/crypto/frame';
import { randomToken } from '@clbchat/shared/digest';
import { newMid } from '@clbchat/shared/ids';
import {
  BUCKETS,
  FRAME_CHARS_MAX,
  FRAME_OVERHEAD_BYTES,
  readHeader,
  type FrameHeader,
} from '@clbchat/shared/protocol/frame';
import { sealedSchemas, type SealedMessage } from '@clbchat/shared/protocol/sealed';
import { makeTalk, padded, receive, sealRaw } from './sealing.ts';

const mid = newMid();
const line = (units: number) => '\u20AC'.repeat(units);
const step = { what: line(160), who: line(80), where: line(80), howLong: line(80) };
const EVERY_KIND: SealedMessage[] = [
  { k: 'text', mid, m: 'Hoi, ik heet \u{1F98A}' },
  { k: 'name', mid, nick: '' },
  { k: 'card', mid, id: 'awel', lang: 'nl' },
  { k: 'plan', mid, rev: 2, steps: [step, step, { what: 'Bellen' }] },
  { k: 'ask', mid, id: mid, about: 'handover', facts: { name: 'Pieter' } },
  { k: 'answer', mid, id: mid, choice: 'yes' },
  { k: 'safety', mid },
  { k: 'notice', mid, code: 'moved' },
  { k: 'confirm', mid },
  { k: 'keys', mid, keys: [[1, randomToken(32)]] },
  { k: 'read', seen: [[randomToken(8), 4]] },
  { k: 'ack', seen: [] },
  { k: 'typing' },
];
const bytesOf = (frame: string) => (fromBase64url(frame)?.length ?? 0) - FRAME_OVERHEAD_BYTES;
const hello: SealedMessage = { k: 'text', mid, m: 'hoi' };

describe('frames', () => {
  it('[E8] every kind of message comes through in every size that it fits', async () => {
    const { keys, header } = await makeTalk();
    expect(EVERY_KIND.map(({ k }) => k)).toEqual(Object.keys(sealedSchemas));
    for (const message of EVERY_KIND) {
      for (const bucket of BUCKETS) {
        const frame = await sealFrame(keys, header, message, bucket);
        const smallest = message.k === 'keys' ? 2048 : Math.max(bucket, message.k === 'plan' ? 4096 : 256);
        expect(bytesOf(frame), `${message.k} in ${bucket}`).toBe(smallest);
        expect(readHeader(frame)).toEqual(header);
        expect(await receive(keys, frame)).toEqual({ is: 'message', message });
      }
    }
  });

  it.each([
    ['three bytes for each unit', line(2_000)],
    ['two characters for each quotation mark', '"'.repeat(2_000)],
    ['new lines', '\n'.repeat(2_000)],
    ['pairs of surrogates', '\u{1F98A}'.repeat(1_000)],
    ['combining marks', 'e\u0301\u0323\u0330'.repeat(500)],
  ])('[E7] the longest message fits the largest frame: %s', async (_what, m) => {
    const { keys, header } = await makeTalk();
    expect(m).toHaveLength(2_000);
    const frame = await sealFrame(keys, header, { k: 'text', mid, m });
    expect(frame.length).toBeLessThanOrEqual(FRAME_CHARS_MAX);
    expect(await receive(keys, frame)).toEqual({ is: 'message', message: { k: 'text', mid, m } });
  });

  it('[E7] with all keys or none, a frame of keys has one length', async () => {
    const { keys, header } = await makeTalk();
    const many = Array.from({ length: 38 }, (_, at): [number, string] => [962 + at, randomToken(32)]);
    const [all, none] = await Promise.all(
      [many, []].map((list) => sealFrame(keys, header, { k: 'keys', mid, keys: list })),
    );
    expect(all).toHaveLength(none?.length ?? 0);
    expect(bytesOf(all ?? '')).toBe(2048);
    const oneMore = [...many, many[0] ?? [1, '']] satisfies [number, string][];
    await expect(sealFrame(keys, header, { k: 'keys', mid, keys: oneMore })).rejects.toThrow(RangeError);
  });

  it('[E7] a message larger than the largest frame is refused before it is sealed', async () => {
    const { keys, header } = await makeTalk();
    const facts = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`f${at}`, line(200)]));
    await expect(sealFrame(keys, header, { k: 'ask', mid, id: mid, about: 'known', facts })).rejects.toThrow(
      RangeError,
    );
  });

  it('[E6] any changed byte of header, nonce, text or tag makes it unreadable', async () => {
    const { keys, header } = await makeTalk();
    const frame = await sealFrame(keys, header, hello);
    const bytes = fromBase64url(frame) ?? new Uint8Array(0);
    for (let at = 0; at < bytes.length; at += 1) {
      for (const bit of at < 33 ? [1, 2, 4, 8, 16, 32, 64, 128] : [1]) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ bit;
        const text = toBase64url(changed);
        expect(['no header', { is: 'unreadable' }], `byte ${at}`).toContainEqual(await receive(keys, text));
        expect(await openFrame(keys, header, text)).toEqual({ is: 'unreadable' });
      }
    }
  });

  it('[E6] under any other header than its own it is unreadable', async () => {
    const { keys, header } = await makeTalk();
    const frame = await sealFrame(keys, header, hello);
    const others: Partial<FrameHeader>[] = [
      { type: 3 },
      { visitId: randomToken(16) },
      { epoch: 2 },
      { side: 'c' },
      { stream: randomToken(8) },
      { n: 2 },
    ];
    for (const other of others)
      expect(await openFrame(keys, { ...header, ...other }, frame)).toEqual({ is: 'unreadable' });
    expect(await openFrame(keys, { ...header, visitId: 'x' }, frame)).toEqual({ is: 'unreadable' });
  });

  it("[E6] one's own frame sent back as the other side's is unreadable", async () => {
    const { keys, header } = await makeTalk();
    const bytes = fromBase64url(await sealFrame(keys, header, hello)) ?? new Uint8Array(0);
    bytes.set(encodeHeader({ ...header, side: 'c' }));
    expect(await receive(keys, toBase64url(bytes))).toEqual({ is: 'unreadable' });
  });

  it('[E6] each direction has a key of its own: the key of one writes nothing for the other', async () => {
    const { header, ...talk } = await makeTalk();
    const forged = { ...talk, header: { ...header, side: 'c' as const } };
    expect(await receive(talk.keys, await sealRaw(forged, padded(utf8('{"k":"typing"}'))))).toEqual({
      is: 'unreadable',
    });
    for (const side of ['v', 'c'] as const) {
      const frame = await sealFrame(talk.keys, { ...header, side }, { k: 'typing' });
      const salt = createHash('sha256')
        .update(concat(utf8('clbchat/1'), epochBytes(header.visitId, 1)))
        .digest();
      const key = hkdfSync('sha256', talk.ck, salt, utf8(side === 'v' ? 'clbchat/1 v2c' : 'clbchat/1 c2v'), 32);
      const bytes = Buffer.from(frame, 'base64url');
      const open = createDecipheriv('aes-256-gcm', Buffer.from(key), bytes.subarray(33, 45))
        .setAAD(bytes.subarray(0, 33))
        .setAuthTag(bytes.subarray(-16));
      const plain = Buffer.concat([open.update(bytes.subarray(45, -16)), open.final()]);
      expect(plain.subarray(2, 16).toString()).toBe('{"k":"typing"}');
    }
  });

  it('[E6] in another visit or epoch, even one with the same key bytes, it is unreadable', async () => {
    const { ck, keys, header } = await makeTalk();
    const frame = await sealFrame(keys, header, hello);
    expect(await receive(await deriveEpoch(ck, randomToken(16), 1), frame)).toEqual({ is: 'unreadable' });
    expect(await receive(await deriveEpoch(ck, header.visitId, 2), frame)).toEqual({ is: 'unreadable' });
    const elsewhere = { ...header, visitId: randomToken(16) };
    const bytes = fromBase64url(frame) ?? new Uint8Array(0);
    bytes.set(encodeHeader(elsewhere));
    const moved = toBase64url(bytes);
    expect(await receive(await deriveEpoch(ck, elsewhere.visitId, 1), moved)).toEqual({ is: 'unreadable' });
  });

  it('[E6] the same message sealed twice gives two frames', async () => {
    const { keys, header } = await makeTalk();
    expect(await sealFrame(keys, header, hello)).not.toBe(await sealFrame(keys, header, hello));
  });

  it('[E7] padding that is not zero, or a length that lies, makes it unreadable', async () => {
    const talk = await makeTalk();
    const content = utf8(JSON.stringify(hello));
    expect(await receive(talk.keys, await sealRaw(talk, padded(content)))).toEqual({ is: 'message', message: hello });
    for (const at of [content.length + 2, 255]) {
      const hiding = padded(content);
      hiding[at] = 1;
      expect(await receive(talk.keys, await sealRaw(talk, hiding)), `byte ${at}`).toEqual({ is: 'unreadable' });
    }
    for (const length of [0, content.length - 1, content.length + 1, 255, 65_535]) {
      expect(await receive(talk.keys, await sealRaw(talk, padded(content, 256, length)))).toEqual({ is: 'unreadable' });
    }
  });

  it('[E8] a kind of tomorrow is told as such; a known kind in a wrong shape is unreadable', async () => {
    const talk = await makeTalk();
    const got = async (json: string) => receive(talk.keys, await sealRaw(talk, padded(utf8(json))));
    expect(await got('{"k":"drawing","strokes":[]}')).toEqual({ is: 'newer', kind: 'drawing' });
    expect(await got('{"k":"read","seen":[["AAAAAAAAAAA",2147483648]]}')).toMatchObject({ is: 'message' });
    expect(await got('{"k":"toString"}')).toEqual({ is: 'newer', kind: 'toString' });
    for (const json of [
      '{"k":"text","mid":"short","m":"hoi"}',
      `{"k":"text","mid":"${mid}"}`,
      `{"k":"text","mid":"${mid}","m":"hoi","html":"<b>"}`,
      `{"k":"text","mid":"${mid}","m":7}`,
      `{"k":"text","mid":"${mid}","m":""}`,
      `{"k":"text","mid":"${mid.slice(1)}~","m":"hoi"}`,
      `{"k":"name","mid":"${mid}","nick":"${'x'.repeat(21)}"}`,
      ...['-1', '1.5', '2147483649', '"1"', 'null'].map((n) => `{"k":"read","seen":[["AAAAAAAAAAA",${n}]]}`),
      '{"k":"read","seen":[["AAAAAAAAAAA",1,1]]}',
      '{"k":7}',
      '{}',
      'null',
      '"text"',
      '[]',
      '{"k":',
    ]) {
      expect(await got(json), json).toEqual({ is: 'unreadable' });
    }
    const notUtf8 = await sealRaw(talk, padded(Uint8Array.of(0x22, 0xff, 0x22)));
    expect(await receive(talk.keys, notUtf8)).toEqual({ is: 'unreadable' });
  });

  it('[E6] broken text never throws', async () => {
    const { keys, header } = await makeTalk();
    for (const broken of ['', '~', 'AAAA', 'A'.repeat(423)])
      expect(await openFrame(keys, header, broken)).toEqual({ is: 'unreadable' });
  });

  it('[E6] a header whose fields do not fit is not written', () => {
    const header: FrameHeader = {
      type: 1,
      visitId: randomToken(16),
      epoch: 1,
      side: 'v',
      stream: randomToken(8),
      n: 1,
    };
    for (const other of [
      { epoch: 0 },
      { epoch: 65_536 },
      { n: 0 },
      { n: 2 ** 32 },
      { stream: 'x' },
      { visitId: 'x' },
    ]) {
      expect(() => encodeHeader({ ...header, ...other })).toThrow(RangeError);
    }
    expect(encodeHeader({ ...header, n: 2 ** 32 - 1 })).toHaveLength(33);
  });
});
