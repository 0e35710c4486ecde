import { randomBytes } from 'node:crypto';
import { strictParser } from '@clbchat/server/edge/parser';
import { readHeader } from '@clbchat/shared/protocol/frame';
import { expect, test } from 'vitest';
import { frameOf } from '../support/frames.ts';
import type { VisitId } from '@clbchat/shared/ids';

const { Decoder } = strictParser({ namespaces: ['/visitor', '/counsellor'], charsMax: 16_384 });
const visitId = Buffer.alloc(16, 7).toString('base64url') as VisitId;
const { frame } = frameOf({ visitId, side: 'v', n: 1 });

const good = [
  '0/visitor,{}',
  '0/counsellor,{}',
  '2/visitor,1["visit:state",{}]',
  `2/visitor,12["talk:append",{"frame":"${frame}"}]`,
  '2/visitor,3["visit:join",{"proof":"A","share":{"rid":"A","R":"B"}}]',
  '3/visitor,4[null]',
  '1/visitor,',
];
const noise = () => randomBytes(1 + Math.floor(Math.random() * 6)).toString('latin1');
const at = (text: string) => Math.floor(Math.random() * (text.length + 1));

/** One that is right, with a few places changed, cut, doubled or filled with noise. */
function damaged(text: string): string {
  const [from, to] = [at(text), at(text)].toSorted((a, b) => a - b) as [number, number];
  switch (Math.floor(Math.random() * 5)) {
    case 0:
      return text.slice(0, from) + noise() + text.slice(from);
    case 1:
      return text.slice(0, from) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(from);
    case 3:
      return `${text.slice(0, from)}${'[{"__proto__":'.repeat(3)}${text.slice(from)}`;
    default:
      return noise() + text;
  }
}

test('[N3] a hundred thousand damaged packets: each is read as one of ours, or refused without repeating any of it', () => {
  const counts = { read: 0, refused: 0 };
  for (let each = 0; each < 100_000; each += 1) {
    const decoder = new Decoder() as InstanceType<typeof Decoder> & { add(chunk: unknown): void };
    const packets: { type: number; nsp: string; data?: unknown }[] = [];
    decoder.on('decoded', (packet) => packets.push(packet as (typeof packets)[number]));
    const packet = damaged(good[each % good.length] ?? '');
    try {
      if (!packet.startsWith('0')) decoder.add('0/visitor,{}');
      decoder.add(packet);
      counts.read += 1;
      for (const { type, nsp, data } of packets) {
        expect([0, 1, 2, 3]).toContain(type);
        expect(['/visitor', '/counsellor']).toContain(nsp);
        if (type === 2) expect((data as unknown[])[0]).toMatch(/^[a-z]{1,16}:[a-z]{1,16}$/);
      }
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'Violation') throw error;
      counts.refused += 1;
      expect(error.message).toBe('not the protocol');
    }
  }
  expect(counts.refused).toBeGreaterThan(10_000);
  expect(counts.read).toBeGreaterThan(100);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}, 30_000);

test('[N5] a hundred thousand damaged frames: a header in the bounds of its fields, or none', () => {
  let none = 0;
  const wrong: string[] = [];
  for (let each = 0; each < 100_000; each += 1) {
    const bytes = Buffer.from(frame, 'base64url');
    for (let change = 0; change < 3; change += 1)
      bytes[Math.floor(Math.random() * 40)] = Math.floor(Math.random() * 256);
    const text = bytes.toString('base64url');
    const header = readHeader(each % 3 === 0 ? damaged(text) : text);
    if (!header) {
      none += 1;
      continue;
    }
    const { type, side, epoch, n } = header;
    const fits =
      [1, 2, 3].includes(type) && ['v', 'c'].includes(side) && epoch > 0 && epoch < 2 ** 16 && n > 0 && n < 2 ** 32;
    if (!fits || Buffer.from(header.visitId, 'base64url').length !== 16) wrong.push(text);
  }
  expect(wrong).toEqual([]);
  expect(none).toBeGreaterThan(20_000);
}, 30_000);
