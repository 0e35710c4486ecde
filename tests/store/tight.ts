import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import type { Rules } from '@clbchat/server/kernel/needs';
import { limits, type Limits } from '@clbchat/shared/limits';

/**
 * Bounds so small, and times so short, that histories of sixty steps run into every one of them.
 * No two times are alike, so that a deadline which reads its neighbour's bound is noticed.
 */
export const tightLimits: Limits = {
  ...limits,
  streamsPerEpochMax: 2,
  framesPerVisitMax: 9,
  epochsPerVisitMax: 4,
  listCharsMax: 1_000, // two small frames
  sessionIdleMs: 7_500,
  pulseLateMs: 2_000,
  awayAfterMs: 2_500,
  seenLateMs: 8_000,
  seenEveryMs: 5_100,
  tickGapMs: 12_000,
  graceMs: 5_500,
  offersPerMatchMax: 2,
  nextLooksMax: 2,
  triedForMs: 8_500,
  triedAllForMs: 1_500,
  keyAskEveryMs: 1_200,
  requestReplayMs: 3_500,
  pressesMax: 2,
  passedLooksMax: 1,
  handoutsKept: 4,
  handoutsMin: 2,
  frameMs: 20_000,
  visitMs: 60_000,
  broomMs: 90_000,
};

export const tightRules: Rules = {
  ...defaultRules,
  slotsDefault: 1,
  slotsMax: 2,
  offerRingMs: 3_800, // two breaths of operations.time.ts: whoever breathes hears it out
  offerMissesMax: 2,
  leaseMs: 5_000,
  releaseMs: 7_000,
  peerToldMs: 3_000,
  openingMs: 6_500,
  waitingKeepMs: 10_000,
  talkingKeepMs: 11_000,
  unloadKeepMs: 4_500,
  idleAskMs: 6_000,
  silenceMs: 9_000,
  lengthMaxMs: 30_000,
  fullEstimateMs: 300_000,
  waitingMax: 3,
  fallbackAfterMs: 5_800,
  drainAfterMs: 9_500,
  drainStaffGoneMs: 3_600,
};

const deadlines = [
  ...[tightLimits.pulseLateMs, tightLimits.awayAfterMs, tightLimits.seenLateMs, tightLimits.tickGapMs],
  ...[tightLimits.graceMs, tightLimits.triedForMs, tightLimits.triedAllForMs, tightLimits.keyAskEveryMs],
  ...[tightLimits.requestReplayMs, tightLimits.frameMs, tightLimits.visitMs],
  tightLimits.seenEveryMs + tightLimits.seenLateMs,
  ...[tightRules.offerRingMs, tightRules.leaseMs, tightRules.releaseMs, tightRules.peerToldMs, tightRules.openingMs],
  ...[tightRules.waitingKeepMs, tightRules.talkingKeepMs, tightRules.unloadKeepMs, tightRules.idleAskMs],
  ...[tightRules.silenceMs, tightRules.lengthMaxMs, tightRules.fallbackAfterMs],
  ...[tightRules.drainAfterMs, tightRules.drainStaffGoneMs],
];

/** Just before, at and after every deadline; and so long that the last hand-out says that everybody waits too long. */
export const spans: readonly number[] = [...deadlines.flatMap((ms) => [ms - 1, ms, ms + 1]), 1, 200_000];
