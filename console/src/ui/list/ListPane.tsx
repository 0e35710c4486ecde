import { isFull, isHeld } from '../../model/ends.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { LeftOut } from './LeftOut.tsx';
import { SoundHeld, useSound } from './SoundHeld.tsx';
import { QueueRow } from './QueueRow.tsx';
import { TalkRow } from './TalkRow.tsx';

export function ListPane() {
  const { workspace, certEnded } = useConsole();
  const { desk } = workspace;
  const isEnded = certEnded.value;
  const queue = desk.queue.value;
  const talks = desk.talks.value;
  const rings = desk.rings.value.length > 0;
  const sound = useSound();
  const of = nl.top.of(talks.filter(isHeld).length, desk.slots.value);
  const full = isFull(desk);
  const mayRing = !isEnded && sound === 'on' && desk.status.value === 'available' && !full;
  return (
    <aside class="list" id="list" aria-label={nl.regions.list} data-region tabIndex={-1}>
      <div class="section-head">
        <h2>{nl.queue.title}</h2>
        <span class="count">{queue.length === 0 ? nl.queue.none : nl.queue.some(queue.length)}</span>
      </div>
      {queue.length === 0 && !rings ? (
        <p class="empty">{mayRing ? nl.queue.empty : nl.queue.emptySilent}</p>
      ) : (
        <div class="next-place" hidden={rings || isEnded}>
          {full && <p class="small full">{nl.queue.full(of)}</p>}
          <Firm
            key={String(rings)} // it comes again when the ring goes
            class={`button ${full ? 'button-plain' : 'button-primary'} button-small next`}
            aria-keyshortcuts="Alt+N"
            onClick={() => workspace.takeNext()}
          >
            <Icon name="user-plus" size={16} />
            <span class="next-word">{nl.queue.next}</span>
            <span class="next-count" aria-hidden="true">
              {queue.length}
            </span>
            <kbd class="only-mouse" aria-hidden="true">
              Alt N
            </kbd>
          </Firm>
        </div>
      )}
      <LeftOut />
      <SoundHeld class="empty" />
      <ol class="queue">
        {queue.map((row) => (
          <QueueRow key={row.ticket} row={row} full={full} />
        ))}
      </ol>
      <div class="section-head section-talks">
        <h2>{nl.talks.title}</h2>
        <span class="count">{of}</span>
      </div>
      {talks.length === 0 && <p class="empty">{nl.talks.empty}</p>}
      <ul class="talks">
        {talks.map((talk) => (
          <TalkRow key={talk.visitId} talk={talk} />
        ))}
      </ul>
    </aside>
  );
}
