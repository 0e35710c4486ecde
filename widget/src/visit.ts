import { connect } from '@clbchat/shared/client/connect';
import { visitorShapes } from '@clbchat/shared/client/visitor/shapes';
import type { Keep } from '@clbchat/shared/client/ports';
import { createVisitor } from '@clbchat/shared/client/visitor/visitor';
// these screens stand on its sheets and words: one chunk for both, also when a visit is taken up again
import './steps.ts';
import { wear } from './frame/sheets.ts';
import chatSheet from './chat/chat.css?inline';
import { barLine } from './chat/barLine.ts';
import { askBeforeLeaving } from './frame/askBeforeLeaving.ts';
import { lock } from './lock.ts';
import { Room } from './Room.tsx';
import type { VisitPart } from './widget.ts';
import waitSheet from './waiting/waiting.css?inline';

wear(chatSheet, waitSheet);

interface Given {
  readonly relay: string;
  readonly keep: Keep;
  readonly pins: readonly string[];
  readonly beacon: (body: string) => void;
}

/** Everything that comes with a visit: socket, cryptography and the screens for them. Nothing is asked of the service yet. */
export function openVisit({ relay, keep, pins, beacon }: Given): VisitPart {
  const visitor = createVisitor({
    openLink: (auth) => connect({ origin: relay, namespace: '/visitor', auth, hints: visitorShapes }),
    keep,
    pins,
    beacon,
    lock,
    clock: { nowMs: () => Date.now() },
    timers: {
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      every(ms, run) {
        const timer = setInterval(run, ms);
        return () => clearInterval(timer);
      },
    },
    page: {
      visible: () => document.visibilityState === 'visible',
      onVisible(run) {
        const look = () => document.visibilityState === 'visible' && run();
        document.addEventListener('visibilitychange', look);
        return () => document.removeEventListener('visibilitychange', look);
      },
      onLeave(run) {
        addEventListener('pagehide', run);
        return () => removeEventListener('pagehide', run);
      },
    },
  });

  for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, () => visitor.touched());
  askBeforeLeaving(visitor.view);
  return { visitor, Room, barLine };
}
