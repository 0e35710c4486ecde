import { doc, tag, type HostPage } from './hostPage.ts';

const phone = ['phone'] as const;
const wide =
  '<table><tr><td style="min-width:900px">Wie vind je waar, en op welke dag van de week is dat?</td></tr></table>';

/** Windows, phones and readers of all kinds. */
export const ordinary: readonly HostPage[] = [
  { name: 'nothing special', outcome: 'chat', html: (at) => doc({ body: tag(at) }) },
  { name: 'on a phone', outcome: 'chat', needs: phone, html: (at) => doc({ body: tag(at) }) },
  { name: 'wider than the phone', outcome: 'chat', needs: phone, html: (at) => doc({ body: wide + tag(at) }) },
  {
    name: 'wider than the phone and scrolled to its end',
    outcome: 'chat',
    needs: phone,
    html: (at) => doc({ body: wide + tag(at) }),
    before: 'scrollTo(600, 900)',
  },
  {
    name: 'a phone that may not zoom',
    outcome: 'chat',
    needs: phone,
    html: (at) =>
      doc({ body: tag(at), viewport: 'width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no' }),
  },
  { name: 'no viewport tag', outcome: 'chat', needs: phone, html: (at) => doc({ body: tag(at), viewport: null }) },
  {
    name: 'zoomed to 2×, then opened',
    outcome: 'chat',
    needs: ['phone', 'pinch'],
    pinched: 2,
    html: (at) => doc({ body: tag(at) }),
  },
  ...[2, 3].map((scale): HostPage => ({
    name: `opened, then zoomed to ${scale}×`,
    outcome: 'chat',
    needs: ['phone', 'pinch'],
    pinchedDuring: scale,
    html: (at) => doc({ body: tag(at) }),
  })),
  {
    name: 'a reader’s zoom of 400 %',
    outcome: 'chat',
    window: { width: 320, height: 256 },
    html: (at) => doc({ body: tag(at) }),
  },
  {
    name: 'a reader’s zoom of 400 % with a bar beside the page',
    outcome: 'chat',
    window: { width: 304, height: 256 },
    html: (at) => doc({ body: tag(at) }),
  },
  {
    name: 'a phone held sideways',
    outcome: 'chat',
    needs: phone,
    window: { width: 640, height: 360 },
    html: (at) => doc({ body: tag(at) }),
  },
  { name: 'printed', outcome: 'chat', needs: ['print'], html: (at) => doc({ body: tag(at) }) },
  {
    name: 'from right to left',
    outcome: 'chat',
    html: (at) => doc({ body: tag(at), attributes: 'lang="ar" dir="rtl"' }),
  },
  { name: 'quirks mode', outcome: 'chat', html: (at) => doc({ body: tag(at), doctype: '' }) },
  { name: 'button on the left', outcome: 'chat', html: (at) => doc({ body: tag(at, 'data-position="left"') }) },
  {
    name: 'tag in the head, read before the body',
    outcome: 'chat',
    html: (at) => doc({ head: tag(at).replace(' async', '') }),
  },
  {
    name: 'in a frame of the same school',
    outcome: 'chat',
    inFrameOf: 'own',
    html: (at) => doc({ body: tag(at) }),
  },
  {
    name: 'in a frame of somebody else',
    outcome: 'link',
    inFrameOf: 'other',
    html: (at) => doc({ body: tag(at) }),
  },
];
