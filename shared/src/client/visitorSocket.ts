import type { EndReason } from '../ids.ts';
import { PROBLEMS } from '../problem.ts';
import type { VisitState, VisitorAuth } from '../protocol/visitor.ts';
import type { Life } from '../protocol/wire.ts';
import type { Cancel, VisitorLink, VisitorPorts } from './ports.ts';
import { timing } from './timing.ts';
import type { Vault } from './visitorVault.ts';

interface Ports extends Pick<VisitorPorts, 'openLink' | 'timers'> {
  vault: Vault;
  /** new: the service does not know the visit yet */
  start: 'new' | 'kept';
  online(): void;
  attached(state: VisitState): void;
  over(reason: EndReason | null): void;
  /** the store does not know the visit: it has ended in this life, or was lost with another */
  unknown(life: Life | undefined): void;
  replaced(): void;
}

export interface VisitorSocket {
  readonly link: VisitorLink;
  /** the service knows the visit: from now on it is attached to */
  joined(): void;
  close(): void;
}

/**
 * Who this socket says it is. A token is used once; when it was used up, or its CONNECT counts as a repetition, the proof
 * that made the visit's id lets in (SPEC: A17 L4).
 */
export function createVisitorSocket({ openLink, timers, vault, start, ...told }: Ports): VisitorSocket {
  let as: 'new' | 'token' | 'proof' = start === 'new' ? 'new' : 'token';
  let later: Cancel = () => undefined;

  const auth = (): VisitorAuth => {
    const { visitId, token, proof } = vault.kept;
    if (as === 'new') return {};
    return as === 'token' ? { visitId, token, next: vault.nextDigest } : { visitId, proof, next: vault.nextDigest };
  };
  const link = openLink(auth);

  const stopStatus = link.status.subscribe((status) => {
    if (status.is === 'online') return told.online();
    if (status.is !== 'refused') return;
    const { code } = status;
    if (code === 'ended') told.over(null);
    else if (code === 'replaced') told.replaced();
    else if (code === 'lost') told.unknown(status.life);
    else if (code === 'token_used') {
      // under a `next` of its own, or it would be taken for the same CONNECT again; a proof that was answered to nobody, later
      const at = as === 'token' ? 0 : timing.refusedAgainMs;
      as = 'proof';
      later();
      later = timers.after(at, () => void vault.renew().then(() => link.reconnect()));
    } else if (PROBLEMS[code] !== 'give-up') {
      later();
      later = timers.after(timing.refusedAgainMs, () => link.reconnect());
    }
  });
  const stopAttached = link.hear('visit:attached', (state) => {
    as = 'token';
    void vault.turn().then(() => told.attached(state));
  });

  return {
    link,
    joined() {
      if (as === 'new') as = 'token';
    },
    close() {
      stopStatus();
      stopAttached();
      later();
      link.close();
    },
  };
}
