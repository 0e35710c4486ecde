import { useEffect } from 'preact/hooks';
import { agreed } from '@clbchat/shared/agreed';
import { useArrival } from '../frame/arrival.ts';
import type { KnownCentre } from '../frame/facts.ts';
import { Rich } from '../frame/Rich.tsx';
import type { Widget } from '../widget.ts';
import { FirstField, tooLong } from './FirstField.tsx';
import { clockAlert } from './icons.ts';
import { nickProblem, suggestNick } from './nick.ts';
import { Nick } from './Nick.tsx';
import { Note } from './Note.tsx';
import { StartFoot } from './StartFoot.tsx';
import { StepBar } from './StepBar.tsx';
import { ts } from './words.ts';

/** So far off that a counsellor's certificate may not be believed: better told before the wait than after it. */
const isClockWrong = (centre: KnownCentre | null) => Math.abs(centre?.clockOffMs ?? 0) > agreed.skewMsMax;

export function Name({ widget }: { widget: Widget }) {
  const { intro, start } = widget;
  const role = intro.role.value;
  useArrival();
  useEffect(() => {
    if (intro.nick.value === '') intro.nick.value = suggestNick();
  }, []);

  function go() {
    const problem = nickProblem(intro.nick.value);
    if (problem && problem !== 'capitals') return document.getElementById('nick')?.focus();
    if (tooLong(intro.first.value) > 0) return document.getElementById('first')?.focus();
    void start.join();
  }

  return (
    <>
      <div class="bd wide">
        <StepBar at={3} onBack={intro.back} />
        <h1 tabIndex={-1}>{ts('name.title', { role })}</h1>
        {isClockWrong(widget.facts.centre.value) && (
          <Note tone="warn" icon={clockAlert} role="alert">
            {ts('trust.clock')}
          </Note>
        )}
        {role === 'parent' && (
          <Note tone="info">
            <Rich text={ts('parent.note')} />
          </Note>
        )}
        {widget.kept === 'memory' && (
          <Note tone="warn">
            <Rich text={ts('memory.note')} />
          </Note>
        )}
        <Nick intro={intro} />
        <FirstField
          text={intro.first}
          role={role}
          rows={3}
          beside={<span class="muted">{ts('first.optional')}</span>}
          hint={ts('first.hint')}
        />
      </div>
      <StartFoot widget={widget} onStart={go} />
    </>
  );
}
