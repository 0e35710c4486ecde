import { isHeld } from '../../model/ends.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { ChatFoot } from './ChatFoot.tsx';
import { ChatHead } from './ChatHead.tsx';
import { Log } from './Log.tsx';
import { Quiet } from './Quiet.tsx';

export function ChatPane() {
  const talk = useConsole().workspace.openTalk.value;
  return (
    <main class={talk ? 'chat' : 'chat chat-quiet'} id="chat" aria-label={nl.chat.region} data-region tabIndex={-1}>
      {talk ? (
        <>
          <ChatHead talk={talk} />
          {(isHeld(talk) || talk.talk.items.value.length > 0) && <Log key={talk.visitId} talk={talk} />}
          <ChatFoot key={`${talk.visitId} foot`} talk={talk} />
        </>
      ) : (
        <Quiet />
      )}
    </main>
  );
}
