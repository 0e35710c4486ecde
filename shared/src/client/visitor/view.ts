import type { WhyRefused } from '../../statement/certificate.ts';
import type { VisitEnd } from '../../ids.ts';
import type { VisitView } from '../views.ts';
import type { Visit } from './visit.ts';

/** Where a page is with its visit, before the service's word on the stage. */
export type Phase =
  | { is: 'none' | 'joining' | 'visit' | 'elsewhere' | 'unclaimed' }
  | { is: 'ended'; reason: VisitEnd; talked: boolean; trust?: WhyRefused };

/** Numbers of the service stand in sentences: whatever else it says there is no word of ours. */
const isNumber = (said: unknown): said is number => Number.isSafeInteger(said) && Number(said) >= 0;

/** What screens show of this page's visit. */
export function visitViewOf(phase: Phase, visit: Visit | null): VisitView {
  if (phase.is === 'ended') return phase;
  if (phase.is !== 'visit') return { is: phase.is };
  const state = visit?.state.value;
  if (!visit || !state) return { is: 'joining' };
  const { keys } = visit;
  const question = keys.question.value;
  const peer = keys.peer.value;
  const trust = keys.trust.value;
  // a question has no clock: it stands while the visit waits for its answer, too [W14]
  if (question?.is === 'person') return { is: 'choosing', peer: question.peer, before: question.before };
  if (state.stage === 'waiting' || state.stage === 'offered') {
    const { waitedMs, staffed, stage, front, passed, unanswered } = state;
    const ahead = isNumber(state.ahead) ? state.ahead : 0;
    const range = isNumber(state.range?.fromMin) && isNumber(state.range?.toMin) ? state.range : null;
    const told = {
      ahead,
      range,
      waitedMs,
      staffed,
      front,
      ...(passed && { passed }),
      unanswered,
      ringing: stage === 'offered',
    };
    return { is: 'waiting', ...told, ...(trust && { trust }) };
  }
  if (state.stage === 'talking' && peer && keys.met.value)
    return { is: 'talking', peer, ...(keys.asksHistory.value && { asksHistory: true }) };
  return { is: 'opening', peer: question?.peer ?? peer, ask: question?.is === 'presence' };
}
