import { agreed } from '@clbchat/shared/agreed';
import { asClock } from '../../model/times.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';

/** Takes the place of the top bar: without the server nothing in that bar is true. */
export function LostBar({ sinceMs }: { sinceMs: number }) {
  const { workspace } = useConsole();
  return (
    <header class="top top-lost" aria-label={nl.regions.status} data-region tabIndex={-1}>
      <Icon name="wifi-off" />
      <p role="alert">
        <b>{nl.lost.title}</b> {nl.lost.keep} {nl.lost.every(agreed.reconnectMsMax / 1_000)} {nl.lost.see}
      </p>
      <span class="lost-since">{nl.lost.since(asClock(workspace.nowMs.value - sinceMs))}</span>
      {workspace.desk.me.value?.demo && <span class="chip chip-demo">{nl.demo}</span>}
      <button type="button" class="button button-plain button-small" onClick={() => workspace.desk.tryNow()}>
        {nl.lost.now}
      </button>
    </header>
  );
}
