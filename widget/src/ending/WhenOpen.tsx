import { useEffect } from 'preact/hooks';
import { hourWords } from '../frame/hourWords.ts';
import { Rich } from '../frame/Rich.tsx';
import type { Turned, WithWidget } from '../widget.ts';
import { momentWords } from '@clbchat/shared/words/calendar';
import { tclosed } from './closedWords.ts';

/** Why it is closed, where somebody closed it, and when it opens next. */
export function WhenOpen({ widget: { facts }, to }: WithWidget & { to: Turned }) {
  const centre = facts.centre.value;
  // who was on the way to a chat knew the hours of up to a minute ago
  useEffect(() => void (to !== 'new' && facts.load()), []);
  if (centre?.state !== 'closed') return null;
  const { hours, why } = centre;
  const opens = 'opens' in hours ? hours.opens : null;
  // "who waited is served" would be no word for who was not
  const isTrue = why && (why !== 'line' || to !== 'waited');
  return (
    <>
      {isTrue && <p>{tclosed(`closed.${why}`)}</p>}
      <p>
        <Rich
          text={
            opens
              ? tclosed('closed.next', { dag: momentWords(opens, opens.inMs), uur: hourWords(opens.time) })
              : tclosed('closed.unknown')
          }
        />
      </p>
      {to === 'late' && (
        <p class="sm">
          <Rich text={tclosed('closed.call')} />
        </p>
      )}
    </>
  );
}
