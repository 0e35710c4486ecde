import { mayBeTooLate } from '../../model/wait.ts';
import { hourWords } from '../../words/hours.ts';
import { tc } from '../../words/nlChat.ts';
import { useArrival } from '../arrival.ts';
import { fromAside } from '../fromAside.tsx';
import { HelpLines } from '../HelpLines.tsx';
import { Icon } from '../Icon.tsx';
import { lifeBuoy } from '../icons.ts';
import { clockAlert } from '../iconsSteps.ts';
import { Rich } from '../Rich.tsx';
import { Banner } from './Banner.tsx';
import type { At } from './inside.ts';
import { Meanwhile } from './Meanwhile.tsx';
import { QueueCard } from './QueueCard.tsx';
import { SoundSwitch } from './SoundSwitch.tsx';

const FrontNote = fromAside('FrontNote');
const TrustNote = fromAside('TrustNote');

export function Queue(props: At<'waiting'>) {
  const { widget, room, view } = props;
  const known = widget.facts.facts.value;
  const centre = known.is === 'known' ? known.centre : null;
  const late = mayBeTooLate(view.range, centre) && !room.patient.value;
  const closing = late && centre?.closesAt ? tc('wait.closes', { uur: hourWords(centre.closesAt) }) : null;
  const role = props.visitor.role.value;
  const leave = () => (room.sheet.value = 'leave');
  useArrival();

  return (
    <>
      <Banner {...props} lost={tc('conn.waiting')} />
      <div class="bd">
        <h1 tabIndex={-1}>{late ? tc('wait.busy') : tc('wait.title')}</h1>
        {view.trust ? <TrustNote why={view.trust} role={role} /> : view.front && <FrontNote {...props} />}
        <QueueCard view={view} instead={closing} />
        {late ? (
          <>
            <div class="note warn">
              <Icon d={clockAlert} />
              <span>
                <Rich text={tc('wait.risk')} />
              </span>
            </div>
            <HelpLines numbers={['102', '106']} role={role} />
          </>
        ) : (
          <>
            <SoundSwitch room={room} />
            <Meanwhile room={room} />
          </>
        )}
      </div>
      <div class="ft">
        {late ? (
          <div class="row">
            <button type="button" class="btn g" onClick={leave}>
              {tc('wait.stop')}
            </button>
            <button type="button" class="btn p" onClick={() => (room.patient.value = true)}>
              {tc('wait.stay')}
            </button>
          </div>
        ) : (
          <>
            <p class="urg">
              <Icon d={lifeBuoy} />
              <span>
                <Rich text={tc('wait.urgent', { role })} />
              </span>
            </p>
            <button type="button" class="btn g" onClick={leave}>
              {tc('wait.leave')}
            </button>
          </>
        )}
      </div>
    </>
  );
}
