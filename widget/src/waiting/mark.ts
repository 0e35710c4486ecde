import type { Surroundings } from '../frame/around.ts';

/** A neutral mark, never a number, a name or a word: as the loader makes it on a school's page. */
const DOT = '● ';
/** What shows that somebody looks, and the page around cannot bring about. Its own words do not count. */
const LOOKS = ['click', 'visibilitychange'];

/**
 * The mark for somebody who does not look: once until the chat was looked at again, so that the page around can count
 * nothing [W128]. In a window of its own the title is ours.
 */
export function createMark({ attention }: Surroundings, unseen: () => boolean) {
  const own = window.parent === window;
  let stands = false;
  const look = () => {
    if (!stands || unseen()) return;
    stands = false;
    if (own) document.title = document.title.replace(DOT, '');
  };
  for (const sign of LOOKS) document.addEventListener(sign, look);

  return () => {
    if (stands) return;
    stands = true;
    attention();
    if (own) document.title = DOT + document.title;
  };
}
