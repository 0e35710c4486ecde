import { linkTo } from './draw.ts';
import { page } from './page.ts';
import { barestAddress } from './settings.ts';
import { warn } from './warn.ts';
import * as words from './words.ts';

/** Each wins over every rule of the page's own sheets. */
const LOOK =
  'all:initial;position:fixed;bottom:20px;right:20px;z-index:2147483647;padding:16px;background:#0a6a6e;color:#fff;cursor:pointer;';

/**
 * What is left when something threw: a plain link, outside of all that may have failed.
 * @param known empty: it failed before the tag was read
 */
export function floor(known: string, error: unknown): void {
  warn(words.threw, error);
  const address = known || barestAddress();
  if (!address) return;
  const link = linkTo(address, '');
  link.style.cssText = LOOK.replace(/;/g, '!important;'); // ours: the look of the link above
  page.documentElement.append(link);
}
