import { tc } from '../../words/nlChat.ts';
import { Frame } from '../Frame.tsx';
import { fromAside } from '../fromAside.tsx';
import { Header } from '../Header.tsx';
import type { At } from './inside.ts';
import { Log } from './Log.tsx';

const End = fromAside('End');

/** It is over. Only where the service lost it, what was said stays to be read. */
export function Ended(props: At<'ended'>) {
  const { widget, visitor, view } = props;
  const left = view.reason === 'lost' && visitor.talk.items.value.length > 0;
  return (
    <Frame widget={widget} header={<Header widget={widget} status={tc('end.status')} />}>
      <End {...props}>{left && <Log {...props} peer="" />}</End>
    </Frame>
  );
}
