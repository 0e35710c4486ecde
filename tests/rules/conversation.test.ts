import { expect, test } from 'vitest';
import { asSealedFrame, idOf, inOrder, page, streamKey } from '@clbchat/server/conversation/conversation.rules';
import { frameOf, streamName } from '../support/frames.ts';
import { visitName } from '../store/world.ts';

const visitId = visitName(1);
const ours = frameOf({ visitId, side: 'v', n: 7, epoch: 3 });

test('[V3] a frame is taken from the socket whose visit and side it names, and from no other', () => {
  expect(asSealedFrame(ours.frame, visitId, 'v', true)).toEqual(ours);
  expect(asSealedFrame(ours.frame, visitName(2), 'v', true)).toBeNull();
  expect(asSealedFrame(ours.frame, visitId, 'c', true)).toBeNull();
});

test('[C2] what is stored and what only passes are two kinds, and neither goes the way of the other', () => {
  const control = frameOf({ visitId, side: 'c', n: 1, kind: 'control' });
  const passing = frameOf({ visitId, side: 'c', n: 1, kind: 'passing' });
  expect(asSealedFrame(control.frame, visitId, 'c', true)).toEqual(control);
  expect(asSealedFrame(control.frame, visitId, 'c', false)).toBeNull();
  expect(asSealedFrame(passing.frame, visitId, 'c', false)).toEqual(passing);
  expect(asSealedFrame(passing.frame, visitId, 'c', true)).toBeNull();
});

test.each([
  ['nothing', ''],
  ['one character less', ours.frame.slice(0, -1)],
  ['one character more', `${ours.frame}A`],
  ['a foreign character', `${ours.frame.slice(0, -1)}=`],
  ['another version', `Ag${ours.frame.slice(2)}`],
])('[C2 V8] not a frame: %s', (_, frame) => {
  expect(asSealedFrame(frame, visitId, 'v', true)).toBeNull();
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
