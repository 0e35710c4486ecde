import { claim } from './claim.ts';
import type { Step } from './step.ts';

interface Fenced {
  by?: string;
  side?: string;
  account?: string;
  seat?: number;
  visitId?: string;
  conn?: number;
  hold?: number;
  first?: string;
  token?: string;
  next?: string;
  short?: boolean;
}

const BY_SOCKET = new Set(['state', 'here', 'keySeal', 'keyAsk', 'keyRefuse']);
const WITH_SEAT = new Set([
  'desk',
  'status',
  'slots',
  'leave',
  'signOut',
  'accept',
  'decline',
  'take',
  'keyOffer',
  'keyOpened',
  'release',
]);
const ON_A_HOLD = new Set(['keyOffer', 'keyOpened', 'release']);
const BY_SIDE = new Set(['append', 'since', 'restore', 'keyShare']);

/** Who is not the newest socket, the seat and the holder can do nothing, from the instant in which it no longer is. */
export function checkFences({ name, input, answer, before, after, now, needs }: Step): void {
  if (typeof input !== 'object' || input === null) return;
  const { by, side, account, seat, visitId, conn, hold, first, token, next, short } = input as Fenced;
  const visit = [...before.visits.values()].find((each) => each.visitId === visitId);
  const desk = [...before.desks.values()].find((each) => each.account === account);
  const ofDesk = (BY_SIDE.has(name) && side === 'c') || ON_A_HOLD.has(name) || by === 'desk';
  const ofSocket = (BY_SIDE.has(name) && side === 'v') || BY_SOCKET.has(name);

  if (name === 'join' && visit && visit.first !== first)
    return claim(answer?.is, '[V3] of somebody else').toBe('not_yours');
  if (name === 'join' && visit && visit.tok !== first)
    return claim(answer?.is, '[L4] a join that was late').toBe('token_used');
  if (name === 'enter' && answer?.is === 'entered') {
    const seatNow = [...after.desks.values()].find((each) => each.account === account)?.seat;
    return claim(seatNow, '[L4] each console is a new seat').toBe((desk?.seat ?? now) + 1);
  }
  if (answer?.is === 'attached' || answer?.is === 'joined') {
    const connNow = [...after.visits.values()].find((each) => each.visitId === visitId)?.conn;
    claim(connNow, '[L4] each socket is a new one').toBe((visit?.conn ?? now) + 1);
  }

  const knows = visit && (token === visit.tok || token === visit.tokPrev);
  const late = visit?.dropMs === 0 && (next === visit.tok || next === visit.tokPrev);
  const isOut = short === true && visit?.stage === 'waiting' && (visit.dropMs > 0 || visit.node !== (needs.node ?? ''));
  const comesIn = isOut ? 'full_house' : 'attached';
  if (visit && name === 'attach')
    claim(answer?.is, '[L4 N26] a token that was used up, late, or without room').toBe(
      knows && !late ? comesIn : 'token_used',
    );
  if (visit && name === 'reissue')
    claim(answer?.is, '[L4 N26] a proof that is late, or without room').toBe(late ? 'token_used' : comesIn);
  if (visit && by === 'token' && !knows) return claim(answer?.is, '[L4] ended with a used token').toBe('token_used');
  if (visit && by === 'visitor' && visit.conn !== conn)
    return claim(answer?.is, '[L4] ended by an older socket').toBe('replaced');

  if (answer?.is === 'lost') claim(answer.life, '[V9] the life that does not know it').toBe(before.life);
  if ((ofDesk || WITH_SEAT.has(name)) && desk?.seat !== seat) {
    return claim(answer?.is, `[R6 L4 V10] an older seat: ${name}`).toBe(desk ? 'replaced' : 'lost');
  }
  if (ofDesk && visit && (visit.holder !== account || visit.hold !== hold)) {
    return claim(answer?.is, `[R6] an older hold: ${name}`).toBe('not_yours');
  }
  if (ofSocket && visit && (visit.conn !== conn || visit.dropMs > 0)) {
    return claim(answer?.is, `[R6 L4] an older socket: ${name}`).toBe('replaced');
  }
  if ((ofDesk || ofSocket) && !visit) claim(answer?.is, `[L2] no such visit: ${name}`).oneOf(['lost', 'ended']);
  if (!visit && (name === 'attach' || name === 'reissue'))
    claim(answer?.is, '[L2] what ended stays ended').toBe('lost');
}
