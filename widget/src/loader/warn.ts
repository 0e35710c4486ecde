let said = false;

/** For the webmaster, once in a page: a site that is misconfigured is told, and no console is filled. */
export function warn(why: string, error: unknown = ''): void {
  if (!said) console.warn(`CLBCh@t: ${why}`, error);
  said = true;
}
