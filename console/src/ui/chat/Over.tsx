import type { DeskTalk } from '@clbchat/shared/client/views';
import { personOf } from '../../model/naming.ts';
import { asDuration, asTimeOfDay } from '../../model/times.ts';
import { isHeld } from '../../model/ends.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';

/** What became of it, and of its text. */
function tellingOf(talk: DeskTalk): { title: string; lead: string } | null {
  const stage = talk.stage.value;
  if (stage.is === 'ended') {
    const lead = talk.talk.items.value.length > 0 ? nl.end.kept : nl.end.wiped;
    return { title: nl.endings[stage.reason](personOf(talk)), lead };
  }
  if (stage.is !== 'released') return null;
  const lead = [...(stage.why ? [nl.releases[stage.why]] : []), nl.end.releasedWiped].join(' ');
  return { title: stage.why ? nl.end.released : nl.end.elsewhere, lead };
}

/** It ended, and was not lost. */
const isWell = ({ stage: { value } }: DeskTalk) => value.is === 'ended' && value.reason !== 'lost';

/** A conversation that is over: who ended it, when and after how long, and one way on. */
export function Over({ talk }: { talk: DeskTalk }) {
  const { workspace } = useConsole();
  const { desk } = workspace;
  const telling = tellingOf(talk);
  if (!telling) return null;
  const { title, lead } = telling;
  const overMs = workspace.overMs.value.get(talk.visitId);
  const talking = desk.talks.value.filter(isHeld).length;
  const rests = desk.status.value === 'wrap-up';
  return (
    <div class={talk.talk.items.value.length > 0 ? 'over over-low' : 'over'} role="group" aria-label={title}>
      <Icon name={isWell(talk) ? 'check' : 'info'} size={24} />
      <h2 tabIndex={-1}>{title}</h2>
      {overMs !== undefined && talk.stage.value.is === 'ended' && (
        <p class="muted">{nl.end.when(asTimeOfDay(overMs), asDuration(overMs - talk.startedMs))}</p>
      )}
      <p>{lead}</p>
      {rests && talking > 0 && <p>{nl.status.aftercare(talking)}</p>}
      <div class="quiet-actions">
        {rests ? (
          <>
            <Firm class="button button-primary button-small" onClick={() => workspace.done()}>
              <Icon name="check" size={16} />
              {nl.status.ready}
            </Firm>
            <button
              type="button"
              class="button button-plain button-small"
              onClick={() => void workspace.setStatus('paused')}
            >
              <Icon name="coffee" size={16} />
              {nl.quiet.pause}
            </button>
          </>
        ) : (
          <Firm class="button button-secondary button-small" onClick={() => desk.dismiss(talk.visitId)}>
            {nl.end.dismiss}
          </Firm>
        )}
      </div>
    </div>
  );
}
