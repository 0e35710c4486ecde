import type { Signal } from '@preact/signals';
import { useArrival } from '../frame/arrival.ts';
import { Banner } from '../frame/Banner.tsx';
import { hourWords } from '../frame/hourWords.ts';
import { Icon } from '../frame/Icon.tsx';
import { Rare } from '../frame/Loading.tsx';
import { Rich } from '../frame/Rich.tsx';
import { tl } from '../frame/laterWords.ts';
import { HelpLines } from '../help/HelpLines.tsx';
import { Urgent } from '../help/Urgent.tsx';
import type { At } from '../inside.ts';
import { clockAlert } from '../steps/icons.ts';
import { Note } from '../steps/Note.tsx';
import { FrontNote } from './FrontNote.tsx';
import { volume2 } from './icons.ts';
import { Meanwhile } from './Meanwhile.tsx';
import { QueueCard } from './QueueCard.tsx';
import { unlockSound } from './sound.ts';
import { TrustNote } from './TrustNote.tsx';
import { mayBeTooLate } from './wait.ts';
import { tw } from './words.ts';

function SoundSwitch({ sound }: { sound: Signal<boolean> }) {
  const flip = () => {
    sound.value = !sound.value;
    if (sound.value) unlockSound();
  };
  return (
    <div class="card switch">
      {!sound.value && <p class="sm">{tw('wait.sound.why')}</p>}
      <button type="button" class="toggle" role="switch" aria-checked={sound.value} onClick={flip}>
        <Icon d={volume2} />
        {tw('wait.sound')}
        <span class="sw" />
      </button>
    </div>
  );
}

export function Queue(props: At<'waiting'>) {
  const { widget, visitor, room, view } = props;
  const centre = widget.facts.centre.value;
  const late = mayBeTooLate(view.range, centre) && !room.patient.value;
  const closing = late && centre?.closesAt ? tw('wait.closes', { uur: hourWords(centre.closesAt) }) : null;
  const role = visitor.role.value;
  const leave = () => (room.sheet.value = 'leave');
  useArrival();

  return (
    <>
      <Banner banner={room.banner.value} lost={tl('conn.waiting')} onTry={visitor.tryNow} />
      <div class="bd">
        <h1 tabIndex={-1}>{late ? tw('wait.busy') : tw('wait.title')}</h1>
        {view.trust && <TrustNote why={view.trust} role={role} />}
        {(!view.trust || view.unanswered) && <FrontNote {...props} />}
        <QueueCard view={view} instead={closing} />
        <SoundSwitch sound={room.sound} />
        {late ? (
          <>
            <Note tone="warn" icon={clockAlert}>
              <Rich text={tw('wait.risk')} />
            </Note>
            <HelpLines numbers={['102', '106']} role={role} />
            {centre && <Rare widget={widget} show={({ Later }) => <Later centre={centre} />} />}
          </>
        ) : (
          <Meanwhile room={room} written={visitor.first.value.trim() !== ''} />
        )}
      </div>
      <div class="ft">
        {late ? (
          <div class="row">
            <button type="button" class="btn g" onClick={leave}>
              {tw('wait.stop')}
            </button>
            <button type="button" class="btn p" onClick={() => (room.patient.value = true)}>
              {tw('wait.stay')}
            </button>
          </div>
        ) : (
          <>
            <Urgent text={tw('wait.urgent', { role })} />
            <button type="button" class="btn g" onClick={leave}>
              {tw('wait.leave')}
            </button>
          </>
        )}
      </div>
    </>
  );
}
