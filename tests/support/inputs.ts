import { randomToken } from '@clbchat/shared/digest';
import { newRequestId } from '@clbchat/shared/ids';
import { FRAME_CHARS_MAX } from '@clbchat/shared/protocol/frame';
import type { counsellorSchemas } from '@clbchat/shared/protocol/counsellor';
import type { visitorSchemas } from '@clbchat/shared/protocol/visitor';
import { anySealed, newShare } from './clients.ts';

type Input = Record<string, unknown>;
const requestId = newRequestId();
const onVisit = { visitId: randomToken(16), hold: 1 };
const frame = 'A'.repeat(FRAME_CHARS_MAX);
export const shortFrame = 'A'.repeat(424);
const keyOffer = 'A'.repeat(6_144);

/** Of each event one input that its schema takes: who adds an event has to say one here. */
export const visitorInputs: Record<keyof typeof visitorSchemas, Input> = {
  'visit:join': {
    proof: randomToken(32),
    role: 'pupil',
    topic: 'health',
    lang: 'nl',
    first: randomToken(32),
    vnonce: randomToken(32),
    share: newShare(),
  },
  'visit:state': {},
  'visit:end': { why: 'left' },
  'queue:here': {},
  'key:seal': { epoch: 1, sealed: anySealed() },
  'key:share': newShare(),
  'key:ask': { epoch: 1 },
  'key:refuse': { epoch: 1, why: 'chain' },
  'talk:append': { frame },
  'talk:passing': { frame },
  'talk:since': { seq: 0, id: 'v1:AAAAAAAAAAE:1' },
  'talk:restore': { frames: [shortFrame] },
};
export const counsellorInputs: Record<keyof typeof counsellorSchemas, Input> = {
  'desk:prove': { sig: 'A'.repeat(128), cert: keyOffer },
  'desk:enter': { slots: 1, status: 'available', takeOver: false },
  'desk:state': {},
  'desk:status': { status: 'paused', requestId },
  'desk:slots': { slots: 2, requestId },
  'desk:serves': { serves: { roles: ['pupil'], topics: ['health', 'other'], langs: ['nl'] }, requestId },
  'desk:leave': {},
  'desk:take': { ticket: 1, requestId },
  'desk:release': { ...onVisit, why: 'unkept' },
  'desk:end': { ...onVisit, why: 'done', requestId },
  'offer:accept': { offerNo: 1, requestId },
  'offer:decline': { offerNo: 1 },
  'key:offer': { ...onVisit, epoch: 1, keyOffer },
  'key:share': { ...onVisit, ...newShare() },
  'key:opened': { ...onVisit, epoch: 1 },
  'talk:append': { ...onVisit, frame },
  'talk:passing': { ...onVisit, frame },
  'talk:since': { ...onVisit, seq: 0, id: 'c1:AAAAAAAAAAE:1' },
  'talk:restore': { ...onVisit, frames: [shortFrame] },
};
