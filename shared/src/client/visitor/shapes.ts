import type { Shapes } from '../connect.ts';

/** What a visitor's page reads of each hint [N35]. */
export const visitorShapes: Shapes = {
  'visit:attached': { stage: '', rev: 0, hold: 0, epoch: 0, last: 0 },
  'visit:stage': { stage: '', rev: 0 },
  'queue:moved': { ahead: 0, staffed: true },
  'talk:frame': { seq: 0, frame: '', epoch: 0 },
  'talk:passing': { frame: '' },
  'talk:idle': { leftMs: 0 },
  'node:leaving': { jitterMs: 0 },
};
