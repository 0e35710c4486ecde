import { Bar } from './Bar.tsx';
import type { Banner as Told } from './banner.ts';
import { wifiOff } from './icons.ts';
import { wifi } from './laterIcons.ts';
import { tl } from './laterWords.ts';

interface Props {
  banner: Told;
  /** what becomes of the visit meanwhile */
  lost: string;
  onTry: () => void;
}

/** The bar of the connection while there is none, and for six seconds when it is back. */
export function Banner({ banner, lost, onTry }: Props) {
  if (banner.is === 'none') return null;
  if (banner.is === 'back')
    return <Bar look="ok" icon={wifi} text={banner.sent ? tl('conn.back.sent') : tl('conn.back')} />;
  const long = banner.is === 'long';
  return (
    <Bar look="warn" icon={wifiOff} text={long ? tl('conn.long') : lost}>
      {long && (
        <button type="button" class="btn t" onClick={onTry}>
          {tl('conn.try')}
        </button>
      )}
    </Bar>
  );
}
