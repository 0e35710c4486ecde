import type { DeskHours } from '@clbchat/shared/protocol/counsellor';
import type { DoorPort } from '../model/door.ts';

const PATH = '/api/centre/door';
const asked: RequestInit = {
  headers: { 'content-type': 'application/json', 'x-clb': '1' },
  credentials: 'same-origin',
};

/** The service is ours and signed in to: its answers are taken for what they say they are, or for none. */
export function createDoorApi(fetchFrom: typeof fetch): DoorPort {
  const ask = async (init: RequestInit): Promise<DeskHours | null> => {
    const answer = await fetchFrom(PATH, { ...asked, ...init }).catch(() => null);
    if (!answer?.ok) return null;
    const said = Object(await answer.json().catch(() => null)) as Partial<DeskHours>;
    const isKnown = said.is === 'open' || said.is === 'shut' || said.is === 'closed';
    return isKnown && typeof said.until === 'object' ? { is: said.is!, until: said.until } : null;
  };
  return {
    read: () => ask({ method: 'GET' }),
    put: (shut) => ask({ method: 'PUT', body: JSON.stringify({ shut }) }),
  };
}
