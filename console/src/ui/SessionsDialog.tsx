import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { OwnSession, OwnSessions } from '../model/session.ts';
import { asDay } from '../model/times.ts';
import { nl } from '../words/nl.ts';
import { Dialog } from './Dialog.tsx';
import { Firm } from './Firm.tsx';
import { Icon } from './Icon.tsx';

interface Props {
  own: OwnSessions;
  onClose(): void;
  /** what came of a press once this window was given up: where it is read, the page says */
  onLate(says: string): void;
}

/** Where she is signed in, and how that ends elsewhere [A13 D41]. */
export function SessionsDialog({ own, onClose, onLate }: Props) {
  const list = useSignal<readonly OwnSession[] | null>(null);
  const said = useSignal(nl.sessions.busy);
  const asking = useSignal(false);
  const gone = useRef(false);
  useLayoutEffect(() => () => void (gone.current = true), []);

  useEffect(() => {
    void own.list().then((found) => {
      list.value = found;
      said.value = found ? '' : nl.sessions.failed;
    });
  }, [own]);
  const end = async (which: { id: string } | 'others') => {
    if (asking.peek()) return;
    asking.value = true;
    const left = await own.end(which);
    asking.value = false;
    if (gone.current) return onLate(nl.sessions.late(saidOf(left)));
    said.value = saidOf(left);
    if (left === 'over' || left === 'step_up') return;
    const now = left ?? (await own.list());
    if (!now || gone.current) return;
    document.getElementById('dialog-title')?.focus(); // before the button goes that has it [D38]
    list.value = now;
  };
  const all = list.value ?? [];
  return (
    <Dialog title={nl.sessions.title} onClose={onClose}>
      <ul class="sessions">
        {all.map(({ id, made, here }) => (
          <li key={id}>
            <Icon name="monitor" />
            <span>
              <b>{here ? nl.sessions.here : nl.sessions.other}</b> · {nl.sessions.since(asDay(made))}
            </span>
            {!here && (
              <Firm class="button button-plain button-small" onClick={() => void end({ id })}>
                {nl.sessions.end}
              </Firm>
            )}
          </li>
        ))}
      </ul>
      <p role="status" class="small muted">
        {said.value}
      </p>
      <div class="dialog-actions">
        {all.filter(({ here }) => !here).length > 1 && (
          <Firm class="button button-plain button-small" onClick={() => void end('others')}>
            {nl.sessions.endOthers}
          </Firm>
        )}
        <button type="button" class="button button-secondary button-small" onClick={onClose}>
          {nl.sessions.close}
        </button>
      </div>
    </Dialog>
  );
}

/** Where nothing was heard it may have come about. */
function saidOf(left: Awaited<ReturnType<OwnSessions['end']>>): string {
  if (left === 'over') return nl.sessions.over;
  if (left === 'step_up') return nl.sessions.newer;
  return left ? nl.sessions.ended : nl.sessions.lost;
}
