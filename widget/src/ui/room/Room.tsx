import { useEffect, useState } from 'preact/hooks';
import type { Visitor } from '@clbchat/shared/client/views';
import { createRoom } from '../../model/room.ts';
import type { Widget } from '../../model/widget.ts';
import { chime } from '../sound.ts';
import { Chat } from './Chat.tsx';
import { Choosing } from './Choosing.tsx';
import { Elsewhere } from './Elsewhere.tsx';
import { Ended } from './Ended.tsx';
import { Opening } from './Opening.tsx';
import type { Inside } from './inside.ts';
import { WaitingRoom } from './WaitingRoom.tsx';

/** From the waiting room to the end. Lives as long as the visit, so that a text being written outlives a new counsellor. */
export function Room({ widget, visitor }: { widget: Widget; visitor: Visitor }) {
  const [room] = useState(() => createRoom(visitor, widget, chime));
  useEffect(() => () => room.stop(), []);

  const view = visitor.view.value;
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
      return <Elsewhere {...inside} />;
    case 'none':
    case 'joining':
      return null;
  }
}
