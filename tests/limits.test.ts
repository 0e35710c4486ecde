import { bounds, defaultRules as defaults } from '@clbchat/server/centre/bounds.rules';
import { shareAt, TIMES } from '@clbchat/server/edge/networks';
import { limits } from '@clbchat/shared/limits';
import { BUCKETS, FRAME_CHARS_MAX } from '@clbchat/shared/protocol/frame';
import { describe, expect, test } from 'vitest';

const envelopeBytes = 1_024; // event name, ids and fields around the frames of one packet
const utf8BytesPerUnitMax = 3;
const fieldsOfATextBytes = 512;

describe('numbers that only make sense together', () => {
  test('[L10] the longest text fits into the largest size of a frame, also in letters of three bytes', () => {
    const longest = limits.textUnitsMax * utf8BytesPerUnitMax + fieldsOfATextBytes;
    expect(longest).toBeLessThanOrEqual(Math.max(...BUCKETS));
  });

  test('[L10] the largest frame, and the largest answer of since, fit into one packet', () => {
    expect(FRAME_CHARS_MAX + envelopeBytes).toBeLessThanOrEqual(limits.packetBytesMax);
    expect(limits.listCharsMax + envelopeBytes).toBeLessThanOrEqual(limits.packetBytesMax);
    expect(limits.listCharsMax, 'one frame always comes through').toBeGreaterThanOrEqual(FRAME_CHARS_MAX);
  });

  test('[L11] one lost sign of life and the worst clock allowed make nobody vanish', () => {
    const { pulseEveryMs, pulseLateMs, seenEveryMs, seenLateMs, clockSkewMsMax, tickEveryMs } = limits;
    expect(pulseLateMs).toBeGreaterThanOrEqual(2 * pulseEveryMs + clockSkewMsMax);
    expect(seenLateMs).toBeGreaterThan(seenEveryMs + tickEveryMs + clockSkewMsMax);
    expect(defaults.leaseMs).toBeGreaterThan(pulseLateMs + clockSkewMsMax);
  });

  test('[L11] who loses the connection is back, after two tries, before counting as away', () => {
    const tries = limits.reconnectMsMin + limits.reconnectMsMax;
    expect(limits.awayAfterMs).toBeGreaterThan(tries + limits.clockSkewMsMax);
    expect(limits.reconnectMsMin).toBeLessThan(limits.reconnectMsMax);
  });

  test('[L11] who is asked to move has moved before the process ends, and nobody counts as away meanwhile', () => {
    const { drainNoticeMs, moveWithinMs, drainMsMax, connectWaitMsMax, awayAfterMs, reconnectMsMax } = limits;
    expect(drainMsMax).toBeGreaterThan(drainNoticeMs + moveWithinMs + connectWaitMsMax + reconnectMsMax);
    expect(moveWithinMs).toBeLessThan(awayAfterMs);
  });

  test('[L12] a lost counsellor is told at 23 s at the latest, and released later than that', () => {
    const toldMs = defaults.peerToldMs + limits.tickEveryMs + limits.clockSkewMsMax;
    expect(toldMs).toBeLessThanOrEqual(23_000);
    expect(defaults.releaseMs).toBeGreaterThan(toldMs);
    expect(defaults.releaseMs).toBeGreaterThan(defaults.leaseMs);
  });

  test('[L12] after a pause of the store, everybody has had the time to show a sign of life', () => {
    expect(limits.graceMs).toBeGreaterThan(limits.reconnectMsMax + limits.pulseLateMs + limits.ackWaitMs);
    expect(limits.graceMs, 'two missed measurements of the clock').toBeGreaterThan(2 * limits.clockEveryMs);
    expect(limits.tickGapMs).toBeGreaterThan(2 * limits.tickEveryMs);
    expect(limits.tickGapMs).toBeLessThan(limits.pulseLateMs);
  });

  test('[L13] an answer is remembered for longer than anybody keeps asking for it', () => {
    expect(limits.requestReplayMs).toBeGreaterThan(4 * (limits.ackWaitMs + limits.reconnectMsMax));
    expect(limits.sinceEveryMs, 'what V2 promises').toBeLessThanOrEqual(15_000);
  });

  test('[L14] nothing outlives the visit, and the visit outlives no broom', () => {
    const { frameMs, visitMs, broomMs, deskBroomMs, sessionMs, graceMs } = limits;
    expect(frameMs).toBeLessThan(visitMs);
    expect(defaults.lengthMaxMs).toBeLessThanOrEqual(visitMs);
    expect(visitMs + graceMs).toBeLessThan(broomMs);
    expect(broomMs, 'what V6 promises').toBeLessThanOrEqual(255 * 60_000);
    expect(sessionMs).toBeLessThan(deskBroomMs);
    expect(limits.sessionCheckEveryMs + limits.tickEveryMs, 'what N16 promises').toBeLessThanOrEqual(61_000);
  });

  test('[L14 W113] a tab keeps a visit for longer than any centre waits for its page, and no longer than there are visits', () => {
    const { awayMsMax, seenLateMs, tickEveryMs, clockSkewMsMax, visitMs, talkKeptMs, waitKeptMs } = limits;
    const anyCentreMs = Math.max(
      ...[bounds.waitingKeepMs, bounds.talkingKeepMs, bounds.unloadKeepMs].map(([, most]) => most),
    );
    expect(awayMsMax).toBeGreaterThanOrEqual(anyCentreMs + seenLateMs + tickEveryMs + clockSkewMsMax);
    expect(awayMsMax).toBeLessThan(visitMs);
    expect([waitKeptMs, talkKeptMs], 'where a centre says nothing else').toEqual([
      defaults.waitingKeepMs,
      defaults.talkingKeepMs,
    ]);
  });

  test('[L15] a key offer lives longer than the time to open it, and is asked for in that time', () => {
    expect(limits.keyOfferMs).toBeGreaterThan(defaults.openingMs + limits.clockSkewMsMax);
    expect(3 * limits.keyAskEveryMs).toBeLessThan(defaults.openingMs);
    expect(limits.triedForMs, 'who missed an offer is not offered it at once').toBeGreaterThan(defaults.offerRingMs);
  });

  test('[L16] a school behind one address leaves room for the others, and a reconnect is no flood', () => {
    expect(limits.newVisitsPerTagMax).toBeLessThan(limits.socketsPerTagMax);
    expect(2 * limits.socketsPerTagMax).toBeLessThan(limits.unauthenticatedMax);
    expect(limits.unauthenticatedMax).toBeLessThan(limits.socketsMax);
    expect(limits.deskTalksMax, 'whatever a centre says').toBe(bounds.slotsMax[1]);
    const asksPerConversation = 5; // state, since, restore, key, read
    expect(limits.eventsBurst).toBeGreaterThanOrEqual(defaults.slotsMax * asksPerConversation);
  });

  test('[L18] the bounds of one address leave more than half of the house to others, as the shares of the house do', () => {
    expect(2 * limits.strangersPerTagMax).toBeLessThan(limits.unauthenticatedMax);
    expect(2 * limits.socketsPerTagMax).toBeLessThan(limits.socketsMax);
    const sessionsMax = limits.socketsMax + limits.socketsKeptMax;
    expect(sessionsMax, 'each session may need a connection beside it').toBeLessThan(limits.connectionsMax);
    expect(2 * limits.connectsBurst).toBeLessThan(limits.connectsHouseBurst);
    expect(2 * limits.postsBurst).toBeLessThan(limits.postsHouseBurst);
    const handoutMs = 5 * 60_000; // of a usual evening
    expect(2 * limits.lineShareMax * handoutMs).toBeLessThan(defaults.fullEstimateMs);
    expect(limits.goodbyesPerSecond, 'whoever is past a rate').toBeGreaterThan(limits.postsHousePerSecond);
    expect(limits.connectsBurst, 'a school that comes back at once').toBeGreaterThanOrEqual(limits.socketsPerTagMax);
  });

  test('[L18 N76] and the bounds of the widest network of one leave half', () => {
    const widest = (max: number) => shareAt(TIMES.length - 1, max);
    expect(2 * widest(limits.strangersPerTagMax)).toBeLessThanOrEqual(limits.unauthenticatedMax);
    expect(2 * widest(limits.socketsPerTagMax)).toBeLessThan(limits.socketsMax);
    expect(2 * widest(limits.connectsBurst)).toBeLessThan(limits.connectsHouseBurst);
    expect(2 * widest(limits.postsBurst)).toBeLessThan(limits.postsHouseBurst);
    expect(
      [...TIMES].toSorted((a, b) => a - b),
      'no network has less than what is in it',
    ).toEqual([...TIMES]);
  });

  test('[L19] a page that asks for all at once can be answered, and past the number visits begin faster than before it', () => {
    expect(limits.queuedBytesMax).toBeGreaterThan(limits.eventsBurst * limits.packetBytesMax);
    expect(limits.queuedBytesHouseMax).toBeGreaterThan(100 * limits.queuedBytesMax);
    expect(limits.turnsMax).toBeGreaterThan(limits.eventsBurst);
    expect(limits.newVisitsSlowedMs).toBeLessThan(limits.newVisitsWindowMs / limits.newVisitsPerTagMax);
    expect(limits.newVisitsHeldMs, 'a page hears so before it asks again').toBeLessThan(limits.ackWaitMs);
    expect(limits.newVisitsWaitingMax, 'one place for each').toBeGreaterThanOrEqual(limits.unauthenticatedMax);
  });

  test('[L17] every limit is a whole number above zero', () => {
    for (const [name, value] of Object.entries(limits)) {
      expect(Number.isSafeInteger(value) && value > 0, name).toBe(true);
    }
  });
});
