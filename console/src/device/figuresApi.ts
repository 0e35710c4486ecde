import { utf8 } from '@clbchat/shared/bytes';
import type { Told } from '@clbchat/shared/figures/told';
import type { FiguresPorts } from '../model/figures/figures.ts';
import { saveFile } from './setupPage.ts';

/** What the service tells of how many came, and where a file of it goes. */
export const createFiguresPorts = (fetchFrom: typeof fetch): FiguresPorts => ({
  async read() {
    const how: RequestInit = { headers: { 'x-clb': '1' }, credentials: 'same-origin' };
    const answer = await fetchFrom('/api/figures', how).catch(() => null);
    const said = answer?.ok ? ((await answer.json().catch(() => null)) as Told | null) : null;
    return Array.isArray(said?.weeks) && Array.isArray(said.blocks) ? said : null;
  },
  save: (name, text) => saveFile(name, utf8(text)),
  print: () => print(),
});
