import { effect, type ReadonlySignal } from '@preact/signals';
import type { VisitView } from '@clbchat/shared/client/views';

const LIVE = new Set<VisitView['is']>(['waiting', 'opening', 'choosing', 'talking']);

/**
 * The browser's own question before a page goes on which somebody waits or talks: Back, a link of the school's page and a
 * closed tab cost the chat, or the place. A page that is blank, by *Snel weg* or because it loads itself again, asks
 * nothing, and neither does a number that is called: browsers take its link for one that leaves.
 */
export function askBeforeLeaving(view: ReadonlySignal<VisitView>): void {
  let calling = false;
  addEventListener(
    'click',
    ({ target }) => {
      calling = target instanceof Element && target.closest('[href^="tel:"]') !== null;
      if (calling) setTimeout(() => (calling = false));
    },
    true,
  );
  const ask = (event: BeforeUnloadEvent) => {
    if (!calling && !document.documentElement.hidden) event.preventDefault();
  };
  // only while it is needed: a browser may not keep a page for Back that listens
  effect(() => (LIVE.has(view.value.is) ? addEventListener : removeEventListener)('beforeunload', ask));
}
