import { focusHeading, useArrival } from '../frame/arrival.ts';
import { Banner } from '../frame/Banner.tsx';
import { Frame } from '../frame/Frame.tsx';
import { Icon } from '../frame/Icon.tsx';
import { lock } from '../frame/icons.ts';
import { SureSheet } from '../frame/SureSheet.tsx';
import { tl } from '../frame/laterWords.ts';
import { t } from '../frame/words.ts';
import type { At } from '../inside.ts';
import { Composer } from './Composer.tsx';
import { clock } from './icons.ts';
import { finePointer } from './finePointer.ts';
import { Log } from './Log.tsx';
import { tc } from './words.ts';

/** The conversation. On a phone the heading gets the focus, so that the keyboard does not jump up. */
export function Chat(props: At<'talking'>) {
  const { widget, visitor, room, view } = props;
  const naam = view.peer.name;
  const silent = visitor.talk.peerSilent.value;
  useArrival(() => (finePointer() ? document.getElementById('msg')?.focus() : focusHeading()));

  const brand = (
    <>
      <span class="pic lake av" aria-hidden="true">
        {naam.charAt(0)}
      </span>
      <h1 tabIndex={-1}>
        {naam}
        <small>{silent ? tc('chat.away') : tc('chat.role')}</small>
      </h1>
    </>
  );
  const sheet = room.sheet.value === 'stop' && <SureSheet {...props} say={(part) => tc(`stop.${part}`)} />;
  return (
    <Frame widget={widget} brand={brand} sheet={sheet}>
      <Banner banner={room.banner.value} lost={t('conn.lost')} onTry={visitor.tryNow} />
      <div class="sub sm">
        <span class="muted">
          <Icon d={lock} size="s" />
          {tc('chat.lock', { naam })}
        </span>
        <button type="button" class="btn t" onClick={() => (room.sheet.value = 'stop')}>
          {tc('chat.stop')}
        </button>
      </div>
      {silent && (
        <div class="ban warn sm" role="status">
          <Icon d={clock} />
          {tl('conn.peer', { naam })}
        </div>
      )}
      <Log {...props} peer={naam} />
      <Composer {...props} />
    </Frame>
  );
}
