import type { DeskTalk } from '@clbchat/shared/client/views';
import { nickOf } from '../../model/naming.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { Composer } from './Composer.tsx';
import { Over } from './Over.tsx';

/** Where one writes, or why one cannot any more. */
export function ChatFoot({ talk }: { talk: DeskTalk }) {
  const { workspace } = useConsole();
  const stage = talk.stage.value;
  const nick = nickOf(talk);
  if (stage.is === 'ended' || stage.is === 'released') return <Over talk={talk} />;
  const idleLeftMs = talk.idleLeftMs.value;
  return (
    <>
      {talk.talk.peerSilent.value && (
        <div class="bar bar-warn">
          <Icon name="wifi-off" />
          <span role="status">{stage.is === 'opening' ? nl.chat.justGone(nick) : nl.chat.silent(nick)}</span>
          {stage.is === 'opening' && (
            <Firm
              class="button button-secondary button-small"
              onClick={async () => workspace.tell(await talk.putBack())}
            >
              {nl.chat.putBack}
            </Firm>
          )}
        </div>
      )}
      {idleLeftMs !== null && (
        <div class="bar bar-warn" role="status">
          <Icon name="clock" />
          {nl.chat.idle(Math.max(1, Math.round(idleLeftMs / 60_000)))}
        </div>
      )}
      <Composer talk={talk} />
    </>
  );
}
