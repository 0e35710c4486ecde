import type { Came, Link, Linked, Overtaken, ProviderPorts } from '../model/provider.ts';

const headers = { 'content-type': 'application/json', 'x-clb': '1' };

/** The doors of signing in by way of a provider. */
export function createProviderApi(fetchFrom: typeof fetch): ProviderPorts {
  /** Null when nobody answered, or nothing that can be read. */
  async function ask<Value>(path: string, body?: unknown) {
    const how =
      body === undefined ? { headers: { 'x-clb': '1' } } : { method: 'POST', headers, body: JSON.stringify(body) };
    try {
      const answer = await fetchFrom(`/api/provider${path}`, { ...how, credentials: 'same-origin' });
      return { ok: answer.ok, said: (await answer.json()) as Value & { readonly code?: string } };
    } catch {
      return null;
    }
  }
  const REFUSED: readonly unknown[] = ['not_yours', 'malformed', 'stage'];
  const OVERTAKEN: readonly Overtaken[] = ['stale', 'gone'];
  const failed = (answer: Awaited<ReturnType<typeof ask>>) => {
    if (answer === null) return 'silent';
    if (answer.said.code === 'too_fast') return 'full';
    return REFUSED.includes(answer.said.code) ? 'refused' : 'unavailable';
  };
  const listOf = (answer: Awaited<ReturnType<typeof ask<{ links: readonly Linked[] }>>>) =>
    answer?.ok ? answer.said.links : null;
  return {
    async facts() {
      const answer = await ask<{ readonly name: string; readonly link: Link }>('');
      return answer?.ok ? answer.said : null;
    },
    async begin(what) {
      const answer = await ask<{ readonly to: string }>(`/${what}`, {});
      if (answer?.said.code === 'step_up') return 'step_up';
      return answer?.ok && new URL(answer.said.to).protocol === 'https:' ? answer.said : failed(answer);
    },
    leave: (to) => location.assign(to),
    async finish(brought) {
      const said = new URLSearchParams(brought);
      const [code, state, iss] = ['code', 'state', 'iss'].map((name) => said.get(name));
      if (!code) return 'stopped';
      const answer = await ask<{ readonly is: Came }>('/finish', { code, state, ...(iss && { iss }) });
      if (answer?.said.code === 'step_up') return 'step_up';
      return answer?.ok ? answer.said.is : failed(answer);
    },
    async unlink() {
      const answer = await ask('/unlink', {});
      return answer?.said.code === 'step_up' ? 'step_up' : (answer?.ok ?? false);
    },
    links: async () => listOf(await ask('/links')),
    async judge({ id, account, rev }, confirmed) {
      const answer = await ask<{ links: readonly Linked[] }>('/links/judge', { id, account, rev, confirmed });
      if (answer?.said.code === 'step_up') return 'step_up';
      const why = OVERTAKEN.find((code) => code === answer?.said.code) ?? null;
      return answer && (answer.ok || why) ? { links: answer.said.links, why } : null;
    },
  };
}
