import { addressOf, type Place, type Steps } from '../model/places.ts';
import { goesOn } from './browser.ts';

/** Where what is her own stands, though this computer may chat: passkeys, computers, sessions. */
export const OWN = '#eigen';

/** What the address names where no page is named: the desk, or what is her own. Anything else is no step. */
const UNNAMED: readonly string[] = ['', OWN];

const named = (): Place | null => {
  const { hash } = location;
  return (Object.keys(addressOf) as Place[]).find((place) => addressOf[place] === hash) ?? null;
};

/**
 * One document's part of the browser's history. A step to a page whose document was another loads it anew, and a step away from
 * under an open window is none: what was typed or is shown once in it is not lost.
 */
export function browserSteps(): Steps {
  const unnamed = UNNAMED.includes(location.hash) ? location.hash : '';
  // a desk and what is her own are two documents, and each steps over its own pages alone
  const mark = unnamed === OWN ? OWN : null;
  if (mark !== null) history.replaceState(mark, '');
  let here = location.href;
  return {
    named,
    push(place) {
      history.pushState(mark, '', place === null ? `${location.pathname}${unnamed}` : addressOf[place]);
      here = location.href;
    },
    onStep(run) {
      addEventListener('popstate', () => {
        const place = named();
        if (place === null && !UNNAMED.includes(location.hash)) return;
        if (document.querySelector('dialog[open]')) {
          if (location.href !== here) history.pushState(mark, '', here);
        } else if (history.state !== mark) location.reload();
        else {
          here = location.href;
          run(place);
        }
      });
    },
    anew: () => goesOn(() => location.reload()),
  };
}
