import { useEffect, useState } from 'preact/hooks';
import type { Visitor } from '@clbchat/shared/client/views';
import { createRoom } from '../../model/room.ts';
import type { Widget } from '../../model/widget.ts';
import { Frame } from '../Frame.tsx';
import { bringAside, fromAside } from '../fromAside.tsx';
import { Header } from '../Header.tsx';
import { openStatus } from '../openStatus.ts';
import { Chat } from './Chat.tsx';
import { Choosing } from './Choosing.tsx';
import { Ended } from './Ended.tsx';
import { Opening } from './Opening.tsx';
import type { Inside } from './inside.ts';
import { chime } from './sound.ts';
import { WaitingRoom } from './WaitingRoom.tsx';

const Elsewhere = fromAside('Elsewhere');

/** From the waiting room to the end. Lives as long as the visit, so that a text being written outlives a new counsellor. */
export function Room({ widget, visitor }: { widget: Widget; visitor: Visitor }) {
  const [room] = useState(() => createRoom(visitor, widget, chime));
  useEffect(() => () => room.stop(), []);

  const view = visitor.view.value;
  const talking = view.is === 'talking';
  useEffect(() => {
    if (talking) bringAside();
  }, [talking]);

  const inside: Inside = { widget, visitor, room };
  switch (view.is) {
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
      return (
        <Frame widget={widget} header={<Header widget={widget} status={openStatus(widget.facts.facts.value)} />}>
          <Elsewhere {...inside} />
        </Frame>
      );
    case 'none':
    case 'joining':
      return null;
  }
}
