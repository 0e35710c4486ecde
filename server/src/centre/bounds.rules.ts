import type { Rules } from '../kernel/needs.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** PRODUCT, "Rules and their defaults". */
export const defaultRules: Rules = {
  routing: 'offered',
  slotsDefault: 1,
  slotsMax: 3,
  offerRingMs: 30 * SECOND,
  offerMissesMax: 2,
  wrapUp: true,
  leaseMs: 45 * SECOND,
  releaseMs: 60 * SECOND,
  peerToldMs: 20 * SECOND,
  openingMs: 90 * SECOND,
  waitingKeepMs: 3 * MINUTE,
  talkingKeepMs: 10 * MINUTE,
  unloadKeepMs: 2 * MINUTE,
  idleAskMs: 8 * MINUTE,
  silenceMs: 30 * MINUTE,
  lengthToldMin: 45,
  lengthMaxMs: 4 * HOUR,
  lastEntryMs: 15 * MINUTE,
  fullEstimateMs: 45 * MINUTE,
  waitingMax: 2_000,
  fallbackAfterMs: 3 * MINUTE,
  drainAfterMs: 30 * MINUTE,
  drainStaffGoneMs: 60 * SECOND,
};

type Counted = { [Name in keyof Rules]: Rules[Name] extends number ? Name : never }[keyof Rules];

/** From and up to, both included. A sign of life comes every 5 s, and no visit outlives 4 h (limits.ts). */
export const bounds: Readonly<Record<Counted, readonly [number, number]>> = {
  slotsDefault: [1, 3],
  slotsMax: [1, 3],
  offerRingMs: [10 * SECOND, 2 * MINUTE],
  offerMissesMax: [1, 10],
  leaseMs: [15 * SECOND, 2 * MINUTE],
  releaseMs: [30 * SECOND, 5 * MINUTE],
  peerToldMs: [15 * SECOND, MINUTE],
  openingMs: [30 * SECOND, 5 * MINUTE],
  waitingKeepMs: [30 * SECOND, 30 * MINUTE],
  talkingKeepMs: [MINUTE, 30 * MINUTE],
  unloadKeepMs: [30 * SECOND, 10 * MINUTE],
  idleAskMs: [MINUTE, HOUR],
  silenceMs: [5 * MINUTE, 2 * HOUR],
  lengthToldMin: [10, 240],
  lengthMaxMs: [30 * MINUTE, 4 * HOUR],
  lastEntryMs: [0, 2 * HOUR],
  fullEstimateMs: [5 * MINUTE, 4 * HOUR],
  waitingMax: [1, 2_000],
  fallbackAfterMs: [0, 30 * MINUTE],
  drainAfterMs: [0, 2 * HOUR],
  drainStaffGoneMs: [10 * SECOND, 10 * MINUTE],
};

/** Pairs of which the first may not be above the second, or a rule would never be reached. */
export const orders: readonly (readonly [Counted, Counted])[] = [
  ['slotsDefault', 'slotsMax'],
  ['peerToldMs', 'releaseMs'],
  ['leaseMs', 'releaseMs'],
  ['idleAskMs', 'silenceMs'],
  ['unloadKeepMs', 'waitingKeepMs'],
];
