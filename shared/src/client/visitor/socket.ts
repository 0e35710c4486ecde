import type { VisitState, VisitorAuth } from '../../protocol/visitor.ts';
import type { Cancel, VisitorPorts } from '../ports.ts';
import * as timing from '../timing.ts';
import type { Vault } from './vault.ts';

interface Ports extends Pick<VisitorPorts, 'openLink' | 'timers'> {
  vault: Vault;
  /** new: the service does not know the visit yet */
  start: 'new' | 'kept';
  online(): void;
  attached(state: VisitState): void;
  /** the service knows no such visit; `life` of the store that does not */
  unknown(life: string | undefined): void;
  replaced(): void;
}

/**
 * Who this socket says it is. A token is used once; when it was used up, or its CONNECT counts as a repetition, the proof
 * that made the visit's id lets in, under a next token of its own (SPEC: E26 L4).
 */
export function createVisitorSocket({ openLink, timers, vault, start, ...told }: Ports) {
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
    if (code === 'replaced') told.replaced();
    else if (code === 'lost') told.unknown(status.life);
    else if (code === 'token_used') {
      // a proof that was answered to nobody, later
      const at = as === 'token' ? 0 : timing.refusedAgainMs;
      as = 'proof';
      later();
      later = timers.after(at, () => void vault.renew().then(() => link.reconnect()));
    } else {
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
    /** the service knows the visit: from now on it is attached to */
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
