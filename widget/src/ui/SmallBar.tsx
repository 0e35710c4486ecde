import { useEffect } from 'preact/hooks';
import { t } from '../words/nl.ts';
import { focusHeading } from './arrival.ts';
import { Bar } from './Bar.tsx';
import { aside, bringAside } from './fromAside.tsx';
import { openStatus } from './openStatus.ts';
import { livingRoom, type WithRoom } from './parts.ts';

/** The small form of the chat and what it says, with and without a visit. */
export function SmallBar(props: WithRoom) {
  const { facts, around } = props.widget;
  const living = livingRoom(props);
  useEffect(() => {
    bringAside();
    // the panel is back when this goes
    return focusHeading;
  }, []);
  const words =
    living && aside.value
      ? aside.value.barWords(living.visitor)
      : { title: t('bar.open'), sub: openStatus(facts.facts.value), mark: '' };
  return <Bar {...words} onOpen={around.open} />;
}
