import { Frame } from '../frame/Frame.tsx';
import { Rare } from '../frame/Loading.tsx';
import { SureSheet } from '../frame/SureSheet.tsx';
import type { At } from '../inside.ts';
import { First } from './First.tsx';
import { lengthToldMin } from './lengthTold.ts';
import { Queue } from './Queue.tsx';
import { placeWords } from './wait.ts';
import { tw } from './words.ts';

const LAST_STOP = /\.$/; // ours: words of the dictionary

/** The waiting room: the place in the line, or something to do meanwhile with the place above it. */
export function WaitingRoom(props: At<'waiting'>) {
  const { widget, room, view } = props;
  const aside = room.aside.value;
  const sheet = room.sheet.value === 'leave' && <SureSheet {...props} say={(part) => tw(`wait.leave.${part}`)} />;
  if (aside === 'queue') {
    return (
      <Frame widget={widget} sheet={sheet}>
        <Queue {...props} />
      </Frame>
    );
  }
  return (
    <Frame widget={widget} status={placeWords(view.ahead).replace(LAST_STOP, '')} sheet={sheet}>
      {aside === 'first' && <First {...props} />}
      {aside === 'breathe' && <Rare widget={widget} show={({ Breathe }) => <Breathe />} />}
      {aside === 'how' && (
        <Rare widget={widget} show={({ How }) => <How minutes={lengthToldMin(widget.facts.centre.value)} />} />
      )}
      <div class="ft">
        <button type="button" class="btn g" onClick={() => (room.aside.value = 'queue')}>
          {tw('wait.back')}
        </button>
      </div>
    </Frame>
  );
}
