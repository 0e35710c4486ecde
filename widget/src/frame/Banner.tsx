import type { Banner as Told } from './banner.ts';
import { Icon } from './Icon.tsx';
import { wifi, wifiOff } from './icons.ts';
import { Rich } from './Rich.tsx';
import { t } from './words.ts';

interface Props {
  banner: Told;
  /** what becomes of the visit meanwhile */
  lost: string;
  onTry?: () => void;
}

/** The bar under the header while there is no connection, and for six seconds when it is back. */
export function Banner({ banner, lost, onTry }: Props) {
  if (banner.is === 'none') return null;
  const back = banner.is === 'back';
  return (
    <div class={back ? 'ban ok sm' : 'ban warn sm'} role="status">
      <Icon d={back ? wifi : wifiOff} />
      <span>
        {banner.is === 'back' && <Rich text={banner.sent ? t('conn.back.sent') : t('conn.back')} />}
        {banner.is === 'lost' && <Rich text={lost} />}
        {banner.is === 'long' && <Rich text={t('conn.long')} />}
      </span>
      {banner.is === 'long' && (
        <button type="button" class="btn t" onClick={onTry}>
          {t('conn.try')}
        </button>
      )}
    </div>
  );
}
