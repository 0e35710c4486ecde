import type { Kind } from './world.ts';

/**
 * Which branches of both machines are taken: side, phase, event, next phase, and what is asked of the world. The kind it
 * gives hears every step.
 */
export function hearing(kind: Kind, heard: (branch: string) => void): Kind {
  const effects = (all: readonly { do: string }[]) => all.map((each) => each.do).join('+') || 'nothing';
  return {
    ...kind,
    visitor(state, event) {
      const next = kind.visitor(state, event);
      heard(`visitor: ${phaseOf(state)}, ${detail(event)} -> ${phaseOf(next.state)}, ${effects(next.effects)}`);
      return next;
    },
    desk(state, event) {
      const next = kind.desk(state, event);
      heard(`counsellor: ${phaseOf(state)}, ${detail(event)} -> ${phaseOf(next.state)}, ${effects(next.effects)}`);
      return next;
    },
  };
}

const phaseOf = ({ phase }: { phase: { is: string; about?: string } }) =>
  phase.about === undefined ? phase.is : `${phase.is} ${phase.about}`;

function detail(event: { is: string; ok?: boolean; answer?: string; holds?: unknown }): string {
  if (event.ok !== undefined) return `${event.is} ${event.ok ? 'well' : 'badly'}`;
  if (event.answer !== undefined) return `${event.is} ${event.answer}`;
  return event.is === 'opened' && event.holds === null ? 'opened badly' : event.is;
}
