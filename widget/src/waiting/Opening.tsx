import { useArrival } from '../frame/arrival.ts';
import { Banner } from '../frame/Banner.tsx';
import { Frame } from '../frame/Frame.tsx';
import { tl } from '../frame/laterWords.ts';
import type { At } from '../inside.ts';
import { tw } from './words.ts';

/** It is the visitor's turn: the key is being agreed, or somebody who was not at the page is asked first. */
export function Opening(props: At<'opening'>) {
  const { widget, visitor, room, view } = props;
  const name = view.peer?.name;
  const asked = view.ask;
  useArrival();
  return (
    <Frame widget={widget}>
      <Banner banner={room.banner.value} lost={tl('conn.waiting')} onTry={visitor.tryNow} />
      <div class="bd middle" role="alert">
        <span class="pic lake large" aria-hidden="true">
          {(name ?? '!').charAt(0)}
        </span>
        <h1 tabIndex={-1}>
          {asked ? tw('wait.check') : name ? tw('wait.turn.name', { naam: name }) : tw('wait.turn')}
        </h1>
        <p class="muted">
          {asked ? (name ? tw('wait.check.body', { naam: name }) : tw('wait.check.someone')) : tw('wait.open')}
        </p>
      </div>
      {asked && (
        <div class="ft">
          <button type="button" class="btn p" onClick={() => void visitor.here()}>
            {tw('wait.check.yes')}
          </button>
        </div>
      )}
    </Frame>
  );
}
