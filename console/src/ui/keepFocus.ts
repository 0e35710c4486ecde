import { hasKeyboard } from './hasKeyboard.ts';

const isThere = (one: Element): boolean => one.isConnected && (one.checkVisibility?.() ?? true);

/** What may have come in the place of something in this part of the screen, the likeliest first. */
function placesFrom(part: string | undefined): readonly string[] {
  const chat = ['.over h2', ...(hasKeyboard() ? ['.composer textarea'] : []), '.chat-head h1'];
  if (part === 'top' || part === 'list') return [`.${part}`, ...chat];
  // a ring may go under a finger that is on Enter already: in the field it would send what stands there, to somebody else
  if (part === 'offers' || part === 'stay') return ['.list', '.chat-head h1', '.quiet h1'];
  return [...chat, '.quiet h1'];
}

/**
 * The focus never falls out of the page [D38]: when what had it is gone or hidden, what came in its place has it before the next
 * key can be pressed. A press beside everything lets it go, and then nothing moves.
 *
 * @returns ends it
 */
export function keepFocus(page: Document): () => void {
  let had: { one: Element; part: string | undefined } | null = null;
  const note = ({ target }: Event) => {
    if (target instanceof Element)
      had = { one: target, part: target.closest('.top, .list, .offers, .stay, .chat')?.classList[0] };
  };
  const letGo = () => {
    if (page.activeElement === page.body) had = null;
  };
  const watcher = new MutationObserver(() => {
    if (!had || isThere(had.one)) return;
    const now = page.activeElement;
    if (now && now !== page.body && isThere(now)) return;
    const next = placesFrom(had.part)
      .map((place) => page.querySelector<HTMLElement>(place))
      .find((one) => one && isThere(one));
    next?.focus();
  });
  watcher.observe(page.body, { childList: true, subtree: true, attributeFilter: ['class', 'hidden'] });
  page.addEventListener('focusin', note);
  page.addEventListener('pointerup', letGo);
  return () => {
    watcher.disconnect();
    page.removeEventListener('focusin', note);
    page.removeEventListener('pointerup', letGo);
  };
}
