import type { Shapes } from '../connect.ts';

const visit = { visitId: '' };

/** What a console reads of each hint [N35]. */
export const deskShapes: Shapes = {
  'desk:challenge': { nonce: '' },
  'offer:ring': { offerNo: 0, leftMs: 0, waitedMs: 0, role: '', topic: '', lang: '' },
  'offer:off': { offerNo: 0 },
  'visit:stage': { ...visit, stage: '', rev: 0, hold: 0 },
  'key:sealed': { ...visit, epoch: 0, sealed: '' },
  'talk:frame': { ...visit, seq: 0, frame: '', epoch: 0 },
  'talk:passing': { ...visit, frame: '' },
  'talk:idle': { ...visit, leftMs: 0 },
  'peer:silent': visit,
  'peer:back': visit,
  'node:leaving': { jitterMs: 0 },
};
