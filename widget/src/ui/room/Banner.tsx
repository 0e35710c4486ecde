import { tc } from '../../words/nlChat.ts';
import { Icon } from '../Icon.tsx';
import { wifi, wifiOff } from '../iconsChat.ts';
import { Rich } from '../Rich.tsx';
import type { Inside } from './inside.ts';

/** The bar under the header while there is no connection, and for six seconds when it is back. */
export function Banner({ visitor, room, lost }: Inside & { lost: string }) {
  const banner = room.banner.value;
  if (banner.is === 'none') return null;
  const back = banner.is === 'back';
  return (
    <div class={back ? 'ban ok' : 'ban warn'} role="status">
      <Icon d={back ? wifi : wifiOff} />
      <span>
        {banner.is === 'back' && <Rich text={banner.sent ? tc('conn.back.sent') : tc('conn.back')} />}
        {banner.is === 'lost' && <Rich text={lost} />}
        {banner.is === 'long' && <Rich text={tc('conn.long')} />}
      </span>
      {banner.is === 'long' && (
        <button type="button" class="btn t" onClick={() => visitor.tryNow()}>
          {tc('conn.try')}
        </button>
      )}
    </div>
  );
}
