import type { ProviderPorts } from '../../console/src/model/provider.ts';

/** Where no provider is set. */
export const noProvider: ProviderPorts = {
  facts: async () => null,
  begin: async () => 'unavailable',
  leave: () => undefined,
  finish: async () => 'refused',
  unlink: async () => true,
  links: async () => [],
  judge: async () => ({ links: [], why: null }),
};
