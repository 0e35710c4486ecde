import { placeWords } from '../../model/wait.ts';
import { tc } from '../../words/nlChat.ts';
import { Frame } from '../Frame.tsx';
import { fromAside } from '../fromAside.tsx';
import { Header } from '../Header.tsx';
import { openStatus } from '../openStatus.ts';
import { Sheet } from '../Sheet.tsx';
import { BackFoot } from './BackFoot.tsx';
import type { At } from './inside.ts';
import { lengthToldMin } from './lengthTold.ts';
import { Queue } from './Queue.tsx';

const First = fromAside('First');
const Breathe = fromAside('Breathe');
const How = fromAside('How');

function LeaveSheet({ visitor, room }: At<'waiting'>) {
  const stay = () => (room.sheet.value = 'none');
  return (
    <Sheet role="alertdialog" title={tc('wait.leave.q')} onEscape={stay}>
      <p>{tc('wait.leave.body')}</p>
      <button type="button" class="btn p" onClick={stay}>
        {tc('wait.leave.no')}
      </button>
      <button type="button" class="btn g" onClick={() => void visitor.end()}>
        {tc('wait.leave.yes')}
      </button>
    </Sheet>
  );
}

/** The waiting room: the place in the line, or something to do meanwhile with the place above it. */
export function WaitingRoom(props: At<'waiting'>) {
  const { widget, room, view } = props;
  const aside = room.aside.value;
  const status = aside === 'queue' ? openStatus(widget.facts.facts.value) : placeWords(view.ahead).replace(/\.$/, '');
  return (
    <Frame
      widget={widget}
      header={<Header widget={widget} status={status} />}
      sheet={room.sheet.value === 'leave' && <LeaveSheet {...props} />}
    >
      {aside === 'queue' && <Queue {...props} />}
      {aside === 'first' && <First {...props} />}
      {aside === 'breathe' && <Breathe />}
      {aside === 'how' && <How minutes={lengthToldMin(widget.facts.facts.value)} />}
      {aside !== 'queue' && <BackFoot room={room} />}
    </Frame>
  );
}
