/** A neutral mark, never a number, a name or a word: as the loader makes it on a school's page. */
const DOT = '● ';

/** In a window of its own the title is ours: the mark stands there until somebody looks at the page. */
export function markTitle(): void {
  if (document.title.startsWith(DOT)) return;
  document.title = DOT + document.title;
  const look = () => {
    if (document.visibilityState === 'hidden') return;
    document.title = document.title.replace(DOT, '');
    document.removeEventListener('visibilitychange', look);
  };
  document.addEventListener('visibilitychange', look);
}
