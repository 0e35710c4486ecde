import { readHeader } from '@clbchat/shared/protocol/frame';
import { headersInTurn } from '@clbchat/shared/protocol/headersInTurn';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf, inOrder, page, sealedFrame, streamKey } from '@clbchat/server/conversation/conversation.rules';
import { frameOf, streamName } from '../support/frames.ts';
import { visitName } from '../store/world.ts';

const visitId = visitName(1);
const ours = frameOf({ visitId, side: 'v', n: 7, epoch: 3 });
const from = { headerOf: readHeader };

test('[V3] a frame is taken from the socket whose visit and side it names, and from no other', () => {
  expect(sealedFrame(from, { side: 'v', visitId }, ours.frame, true)).toEqual(ours);
  expect(sealedFrame(from, { side: 'v', visitId: visitName(2) }, ours.frame, true)).toBeNull();
  expect(sealedFrame(from, { side: 'c', visitId }, ours.frame, true)).toBeNull();
});

test('[C2] what is stored and what only passes are two kinds, and neither goes the way of the other', () => {
  const control = frameOf({ visitId, side: 'c', n: 1, kind: 'control' });
  const passing = frameOf({ visitId, side: 'c', n: 1, kind: 'passing' });
  expect(sealedFrame(from, { side: 'c', visitId }, control.frame, true)).toEqual(control);
  expect(sealedFrame(from, { side: 'c', visitId }, control.frame, false)).toBeNull();
  expect(sealedFrame(from, { side: 'c', visitId }, passing.frame, false)).toEqual(passing);
  expect(sealedFrame(from, { side: 'c', visitId }, passing.frame, true)).toBeNull();
});

test.each([
  ['nothing', ''],
  ['one character less', ours.frame.slice(0, -1)],
  ['one character more', `${ours.frame}A`],
  ['a foreign character', `${ours.frame.slice(0, -1)}=`],
  ['another version', `Ag${ours.frame.slice(2)}`],
])('[C2 V8] not a frame: %s', (_, frame) => {
  expect(sealedFrame(from, { side: 'v', visitId }, frame, true)).toBeNull();
});

/** One frame with a few characters of its header changed, and those of another one between. */
const frames = fc.array(
  fc.record({
    of: fc.record({
      ...{ visitId: fc.constantFrom(visitId, visitName(2)), side: fc.constantFrom('v' as const, 'c' as const) },
      ...{ n: fc.integer({ min: 0, max: 2 ** 32 - 1 }), epoch: fc.integer({ min: 0, max: 3 }) },
      ...{
        stream: fc.constantFrom(streamName(1), streamName(2)),
        kind: fc.constantFrom('message', 'passing', 'control'),
      },
      bucket: fc.constantFrom(256, 512),
    }),
    at: fc.integer({ min: 0, max: 43 }),
    char: fc.option(fc.constantFrom('A', 'B', 'g', '_', '-', '9'), { nil: null, freq: 3 }),
    cut: fc.constantFrom(0, 0, 0, 1, 400),
  }),
  { maxLength: 12 },
);

test('[C2 V3] a frame is read the same whichever came before it', () => {
  fc.assert(
    fc.property(frames, (list) => {
      const read = headersInTurn();
      for (const { of, at, char, cut } of list) {
        const { frame } = frameOf(of as Parameters<typeof frameOf>[0]);
        const changed = char === null ? frame : frame.slice(0, at) + char + frame.slice(at + 1);
        const text = changed.slice(0, changed.length - cut);
        expect(read(text)).toEqual(readHeader(text));
      }
    }),
    { numRuns: 300 },
  );
  const read = headersInTurn();
  for (const n of [1, 2, 2 ** 31, 2 ** 32 - 1]) {
    const { frame, header } = frameOf({ visitId, side: 'v', n });
    expect(read(frame)).toEqual(header);
  }
  expect(read(''), 'too short for a header').toBeNull();
});

test('[C2] a frame is known by side, epoch, stream and number', () => {
  expect(idOf(ours)).toBe(`v3:${streamName(1)}:7`);
  expect(streamKey(ours.header)).toBe(`v3:${streamName(1)}`);
});

test('[C2 C3] the next of a stream, one that was stored before, or one that came too early', () => {
  expect(inOrder(undefined, 1)).toBe('next');
  expect(inOrder(undefined, 2)).toBe('out_of_order');
  expect(inOrder({ n: 4, seq: 9 }, 5)).toBe('next');
  expect(inOrder({ n: 4, seq: 9 }, 4)).toBe('again');
  expect(inOrder({ n: 4, seq: 9 }, 1)).toBe('again');
  expect(inOrder({ n: 4, seq: 9 }, 6)).toBe('out_of_order');
});

const stored = [3, 4, 5].map((seq) => ({ seq, id: `v1:s:${seq}`, frame: 'f'.repeat(10), atMs: 0 }));
test.each([
  ['all that fit', 0, 30, [3, 4, 5]],
  ['after a number', 3, 30, [4, 5]],
  ['as many as fit', 0, 29, [3, 4]],
  ['one at least, however long', 0, 1, [3]],
  ['none after the last', 5, 30, []],
])('[V2] a page of frames: %s', (_, seq, charsMax, expected) => {
  expect(page(stored, seq, charsMax).map((each) => each.seq)).toEqual(expected);
});
