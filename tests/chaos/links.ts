import { connect } from '@clbchat/shared/client/connect';
import type { Link, LinkStatus } from '@clbchat/shared/client/link';
import type { Ack } from '@clbchat/shared/protocol/wire';
import type { Ears } from '../simulate/link.ts';

type AnyLink = Link<Record<string, unknown>, Record<string, unknown>, Record<string, unknown>>;

/** The link of a page, as the product makes it, with somebody who listens. */
export interface HeardLink {
  readonly link: unknown;
  /** as a person who looks for what is wrong would want to know it */
  tells(): string;
  readonly status: () => LinkStatus;
  close(): void;
}
interface Needs {
  readonly address: string;
  readonly origin: string;
  readonly namespace: '/visitor' | '/counsellor';
  readonly auth?: () => object;
  readonly cookie?: string;
  readonly ears: Ears;
}

const HINTS = {
  '/visitor': ['visit:attached', 'visit:stage', 'queue:moved'],
  '/counsellor': ['visit:stage', 'offer:ring'],
} as const;

export function heardLink({ address, origin, namespace, auth = () => ({}), cookie, ears }: Needs): HeardLink {
  const headers = { origin, ...(cookie !== undefined && { cookie }) };
  const link = connect({ origin: address, namespace, auth, headers }) as unknown as AnyLink;
  let refusal = 'nothing';
  let pulsedMs = 0;
  link.onPulse(() => {
    pulsedMs = Date.now();
    ears.alive();
  });
  for (const event of HINTS[namespace]) link.hear(event, (hint) => ears.heard(event, hint));
  const request = async (event: string, input: unknown): Promise<Ack<unknown>> => {
    const askedMs = Date.now();
    ears.asked(event, input);
    const said = (await link.request(event, input)) as Ack<unknown>;
    if (!said.ok) refusal = `${event} ${said.code}`;
    ears.answered(event, input, said, askedMs);
    return said;
  };
  return {
    link: { ...link, request },
    status: () => link.status.value,
    tells: () =>
      `its socket ${JSON.stringify(link.status.value)}, last pulse ${pulsedMs === 0 ? 'never' : `${Date.now() - pulsedMs} ms ago`}, last refusal ${refusal}`,
    close: () => link.close(),
  };
}
