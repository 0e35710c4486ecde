import { page } from './page.ts';
import * as words from './words.ts';

const SVG = 'http://www.w3.org/2000/svg';

function fill<Made extends Element>(
  made: Made,
  properties: Readonly<Record<string, string>>,
  children: readonly (Node | string)[],
): Made {
  // its own alone: a page may have given every object more
  for (const [name, value] of Object.entries(properties)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** With the one that holds everything: sheets of a page have rules for `div`, and none for this. */
interface Ours extends HTMLElementTagNameMap {
  'clb-chat': HTMLElement;
}

/** An element with its text as text: no markup is ever parsed here. */
export const element = <Name extends keyof Ours>(
  name: Name,
  properties: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): Ours[Name] => fill(page.createElement(name) as Ours[Name], properties, children);

/** To the chat in a window of its own. */
export const linkTo = (address: string, name: string, ...children: readonly Node[]) =>
  element('a', { class: name, href: address, target: '_blank', rel: 'noreferrer' }, ...children, words.newTab);

const shape = (name: string, properties: Readonly<Record<string, string>>, ...children: readonly Node[]): Element =>
  fill(page.createElementNS(SVG, name), properties, children);

export const logo = () =>
  shape(
    'svg',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    shape('circle', { cx: '12', cy: '12', r: '4' }),
    shape('path', { d: 'M16 8v5a3 3 0 0 0 6 0v-1a10 10 0 1 0-19 4.4L2.2 21.8l5.4-.8a10 10 0 0 0 9.4-.34' }),
  );
