import type { EndReason } from '../ids.ts';
import type { VisitState, VisitorAuth } from '../protocol/visitor.ts';
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
  replaced(): void;
}

export interface VisitorSocket {
  readonly link: VisitorLink;
  /** the service knows the visit: from now on it is attached to */
  joined(): void;
  close(): void;
}

/**
 * Who this socket says it is. A token is used once; when its answer was lost, or the store forgot it, the proof
 * that made the visit's id is good for one more try (SPEC: A17).
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
    else if ((code === 'token_used' || code === 'lost') && as === 'token') {
      as = 'proof';
      link.reconnect();
    } else if (code === 'token_used' || code === 'lost') told.over('lost');
    else {
      // whatever the reason: the page says that it goes on trying
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
