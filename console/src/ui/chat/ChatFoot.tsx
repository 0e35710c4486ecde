import type { DeskTalk } from '@clbchat/shared/client/views';
import { nickOf, personOf } from '../../model/naming.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { Composer } from './Composer.tsx';

function Over({ title, lead, talk }: { title: string; lead: string; talk: DeskTalk }) {
  const { workspace } = useConsole();
  return (
    <div class="over" role="group" aria-label={title}>
      <div>
        <b>{title}</b>
        <p>{lead}</p>
      </div>
      <Firm class="button button-secondary button-small" onClick={() => workspace.desk.dismiss(talk.visitId)}>
        {nl.end.dismiss}
      </Firm>
    </div>
  );
}

/** Where one writes, or why one cannot any more. */
export function ChatFoot({ talk }: { talk: DeskTalk }) {
  const stage = talk.stage.value;
  const nick = nickOf(talk);
  if (stage.is === 'ended') {
    const lead = talk.talk.items.value.length > 0 ? nl.end.kept : nl.end.wiped;
    return <Over title={nl.endings[stage.reason](personOf(talk))} lead={lead} talk={talk} />;
  }
  if (stage.is === 'released') {
    const { why } = stage;
    const lead = [...(why ? [nl.releases[why]] : []), nl.end.releasedWiped].join(' ');
    return <Over title={why ? nl.end.released : nl.end.elsewhere} lead={lead} talk={talk} />;
  }
  const idleLeftMs = talk.idleLeftMs.value;
  return (
    <>
      {talk.talk.peerSilent.value && (
        <div class="bar bar-warn" role="status">
          <Icon name="wifi-off" />
          {nl.chat.silent(nick)}
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
