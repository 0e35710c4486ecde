import type { VisitState } from '../../protocol/visitor.ts';
import type { WhyRefused } from '../../statement/certificate.ts';
import type { VisitEnd } from '../../ids.ts';
import type { Peer, VisitView } from '../views.ts';
import type { Question } from './keys.ts';

/** Where a page is with its visit, before the service's word on the stage. */
export type Phase =
  | { is: 'none' | 'joining' | 'visit' | 'elsewhere' }
  | { is: 'ended'; reason: VisitEnd; talked: boolean; trust?: WhyRefused };

interface Facts {
  phase: Phase;
  /** null: what was kept is still being read, or the service has not answered */
  state: VisitState | null;
  question: Question | null;
  peer: Peer | null;
  met: boolean;
  trust: WhyRefused | null;
  asksHistory: boolean;
}

export function visitViewOf({ phase, state, question, peer, met, trust, asksHistory }: Facts): VisitView {
  if (phase.is === 'ended') return phase;
  if (phase.is !== 'visit') return { is: phase.is };
  if (!state) return { is: 'joining' };
  // a question has no clock: it stands while the visit waits for its answer, too [W14]
  if (question?.is === 'person') return { is: 'choosing', peer: question.peer, before: question.before };
  if (state.stage === 'waiting' || state.stage === 'offered') {
    const { ahead = 0, range = null, waitedMs, staffed, stage, front, unanswered } = state;
    const told = { ahead, range, waitedMs, staffed, front, unanswered, ringing: stage === 'offered' };
    return { is: 'waiting', ...told, ...(trust && { trust }) };
  }
  if (state.stage === 'talking' && peer && met) return { is: 'talking', peer, ...(asksHistory && { asksHistory }) };
  return { is: 'opening', peer: question?.peer ?? peer, ask: question?.is === 'presence' };
}
