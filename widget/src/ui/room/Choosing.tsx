import { tc } from '../../words/nlChat.ts';
import { Frame } from '../Frame.tsx';
import { fromAside } from '../fromAside.tsx';
import { Header } from '../Header.tsx';
import { openStatus } from '../openStatus.ts';
import { Banner } from './Banner.tsx';
import type { At } from './inside.ts';
import { Log } from './Log.tsx';

const Consent = fromAside('Consent');

/** Another counsellor has come: what was said so far, and the question under it. */
export function Choosing(props: At<'choosing'>) {
  const { widget, visitor, view } = props;
  return (
    <Frame widget={widget} header={<Header widget={widget} status={openStatus(widget.facts.facts.value)} />}>
      <Banner {...props} lost={tc('conn.lost')} />
      {visitor.talk.items.value.length > 0 ? (
        <Log {...props} peer={view.before?.name ?? view.peer.name} />
      ) : (
        <div class="talk" />
      )}
      <div class="ft">
        <Consent {...props} />
      </div>
    </Frame>
  );
}
