import { begin as deskBegin } from '@clbchat/shared/client/desk/agreement';
import { begin, NOTHING_AGREED } from '@clbchat/shared/client/visitor/agreement';
import {
  ALL,
  type DeskPage,
  type Left,
  type Place,
  type Talk,
  type VisitorContents,
  type VisitorPage,
  type World,
} from './world.ts';

/** How it begins: pages that have just been loaded, and a world in which somebody has just joined. */

const newTalk = (): Talk => ({
  ...{ gate: 'closed', epoch: 0, n: 0, letters: [], flight: null, flying: false },
  ...{ taken: [], own: [], early: [], newest: '', diverged: false, shown: [] },
});
const NO_CONTENTS: VisitorContents = { agreed: NOTHING_AGREED, readsFrom: 1, mayReadFrom: 0, owes: false, written: [] };
export const emptyContents = (): VisitorContents => NO_CONTENTS;

export const newVisitorPage = (page: number, locked: boolean, share: string): VisitorPage => ({
  ...{ page, s: begin(locked), touched: !locked, unlocked: !locked, ring: {}, contents: NO_CONTENTS },
  ...{ share, given: '', work: [], asked: [], look: 'no', again: false, greeted: [], talk: newTalk() },
});
export const newDeskPage = (page: number, place: Place): DeskPage => ({
  ...{ page, place, s: deskBegin(), unlocked: false, ring: {}, share: `c${page}`, given: '', oneTime: '' },
  ...{ work: [], asked: [], look: 'no', again: false, talk: newTalk() },
});

/** A visit that has just joined. */
export const begun = (left: Left = ALL): World => ({
  v: newVisitorPage(0, false, 'v0'),
  vDisk: { rid: 'v0', sealedMax: 0, contents: NO_CONTENTS, ring: {} },
  c: null,
  rows: {},
  broken: '',
  pages: 1,
  store: {
    ...{ stage: 'waiting', holder: '', was: '', unanswered: false, epoch: 0, epochNext: 1, keyOffer: '', sealed: '' },
    ...{ wanted: 0, shareV: 'v0', shareC: '', refusals: 0, log: [], withheld: '', before: null },
  },
  ...{ fromV: [], fromC: [], toV: [], toC: [], held: [] },
  left,
  truth: {
    ...{ sealed: [], made: [], offers: [], confirms: [], tap: null, allowed: [], opened: [], shares: ['v0'], kept: [] },
    wrote: { v: false, c: false },
  },
});
