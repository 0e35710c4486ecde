const DOT = '● ';

/** A neutral mark in the title, never a number, a name or a word. Somebody else's change of the title stays. */
export const mark = (): void => {
  if (!document.title.startsWith(DOT)) document.title = DOT + document.title;
};
export const unmark = (): void => {
  if (document.title.startsWith(DOT)) document.title = document.title.slice(DOT.length);
};
