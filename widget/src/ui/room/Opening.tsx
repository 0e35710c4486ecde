import { tc } from '../../words/nlChat.ts';
import { useArrival } from '../arrival.ts';
import { Frame } from '../Frame.tsx';
import { Header } from '../Header.tsx';
import { openStatus } from '../openStatus.ts';
import { Banner } from './Banner.tsx';
import type { At } from './inside.ts';

/** It is the visitor's turn: the key is being agreed, or somebody who was not at the page is asked first. */
export function Opening(props: At<'opening'>) {
  const { widget, visitor, view } = props;
  const name = view.peer?.name;
  const asked = view.ask;
  useArrival();
  return (
    <Frame widget={widget} header={<Header widget={widget} status={openStatus(widget.facts.facts.value)} />}>
      <Banner {...props} lost={tc('conn.waiting')} />
      <div class="bd middle" role="alert">
        <span class="av large" aria-hidden="true">
          {(name ?? '!').charAt(0)}
        </span>
        <h1 tabIndex={-1}>
          {asked ? tc('wait.check') : name ? tc('wait.turn.name', { naam: name }) : tc('wait.turn')}
        </h1>
        <p class="muted">
          {asked ? (name ? tc('wait.check.body', { naam: name }) : tc('wait.check.someone')) : tc('wait.open')}
        </p>
      </div>
      {asked && (
        <div class="ft">
          <button type="button" class="btn p" onClick={() => void visitor.here()}>
            {tc('wait.check.yes')}
          </button>
        </div>
      )}
    </Frame>
  );
}
