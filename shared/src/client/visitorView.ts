import type { EndReason } from '../ids.ts';
import type { VisitState } from '../protocol/visitor.ts';
import type { WhyRefused } from '../statement/certificate.ts';
import type { Peer, VisitView } from './views.ts';
import type { Question } from './visitorKeys.ts';

/** Where a page is with its visit, before the service's word on the stage. */
export type Phase =
  | { is: 'none' | 'joining' | 'visit' | 'elsewhere' }
  | { is: 'ended'; reason: EndReason; talked: boolean; trust?: WhyRefused };

export type Front = null | 'peer_gone' | 'was_away' | 'requeued';

interface Facts {
  phase: Phase;
  state: VisitState | null;
  front: Front;
  question: Question | null;
  peer: Peer | null;
  met: boolean;
  trust: WhyRefused | null;
  asksHistory: boolean;
}

export function visitViewOf({ phase, state, front, question, peer, met, trust, asksHistory }: Facts): VisitView {
  if (phase.is === 'ended') return phase;
  if (phase.is !== 'visit') return { is: phase.is };
  if (!state) return { is: 'joining' };
  if (state.stage === 'waiting' || state.stage === 'offered') {
    const { ahead = 0, range = null, waitedMs, staffed, stage } = state;
    const told = { ahead, range, waitedMs, staffed, front, ringing: stage === 'offered' };
    return { is: 'waiting', ...told, ...(trust && { trust }) };
  }
  if (question?.is === 'choice') return { is: 'choosing', peer: question.peer, before: question.before };
  if (state.stage === 'talking' && peer && met) return { is: 'talking', peer, ...(asksHistory && { asksHistory }) };
  return { is: 'opening', peer: question?.peer ?? peer, ask: question?.is === 'awake' };
}

/** Why the visit stands at the front again, from two states of it that follow each other. */
export function frontAfter(before: VisitState | null, now: VisitState, front: Front): Front {
  if (now.stage !== 'waiting' && now.stage !== 'offered') return null;
  if (now.away === 'asleep') return 'was_away';
  if (before?.stage === 'talking') return 'peer_gone';
  if (before?.stage === 'opening') return 'requeued';
  return front === 'was_away' ? null : front;
}
