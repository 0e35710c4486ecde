import { useEffect, useState } from 'preact/hooks';
import type { Visitor } from '@clbchat/shared/client/views';
import { Chat } from './chat/Chat.tsx';
import { Choosing } from './chat/Choosing.tsx';
import { Elsewhere } from './ending/Elsewhere.tsx';
import { Ended } from './ending/Ended.tsx';
import { Banner } from './frame/Banner.tsx';
import { Frame } from './frame/Frame.tsx';
import { Loading, Rare } from './frame/Loading.tsx';
import { t } from './frame/words.ts';
import type { Inside } from './inside.ts';
import { createRoom } from './room.ts';
import { Opening } from './waiting/Opening.tsx';
import { chime } from './waiting/sound.ts';
import { WaitingRoom } from './waiting/WaitingRoom.tsx';
import type { WithWidget } from './widget.ts';

/** Taken up again, and the service has not said yet where it stands: no screen may guess. */
const Resuming = ({ widget, visitor, room }: Inside) => (
  <Frame widget={widget}>
    <Banner banner={room.banner.value} lost={t('conn.lost')} onTry={visitor.tryNow} />
    <Loading widget={widget} />
  </Frame>
);

/** From the first word of the service to the end. Lives as long as the visit, so that a text being written outlives a new counsellor. */
export function Room({ widget, visitor }: WithWidget & { visitor: Visitor }) {
  const [room] = useState(() => createRoom(visitor, widget, chime));
  useEffect(() => () => room.stop(), []);

  const view = visitor.view.value;
  const inside: Inside = { widget, visitor, room };
  switch (view.is) {
    case 'joining':
      return <Resuming {...inside} />;
    case 'waiting':
      return <WaitingRoom {...inside} view={view} />;
    case 'opening':
      return <Opening {...inside} view={view} />;
    case 'choosing':
      return <Choosing {...inside} view={view} />;
    case 'talking':
      return <Chat {...inside} view={view} />;
    case 'ended':
      return <Ended {...inside} view={view} />;
    case 'elsewhere':
      return <Elsewhere {...inside} />;
    case 'unclaimed':
      return (
        <Frame widget={widget}>
          <Rare widget={widget} show={({ Unclaimed }) => <Unclaimed widget={widget} visitor={visitor} />} />
        </Frame>
      );
    case 'none':
      return null;
  }
}
