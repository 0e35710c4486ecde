import { signal, type ReadonlySignal } from '@preact/signals-core';
import { toBase64url } from '../base64url.ts';
import { newMid } from '../ids.ts';
import type { Conversation } from './talkPorts.ts';
import type { Vault, VaultContents } from './visitorVault.ts';

/**
 * To whom the next epoch is sealed: the same person at the same computer or at another one, or somebody else, who may
 * read all or nothing.
 */
export type Whom = 'known' | 'moved' | 'all' | 'none';

/** Which earlier epochs the present person may read. */
export interface History {
  /** the present person has come at another computer, where nothing of what was said before is; it is for a tap */
  readonly asks: ReadonlySignal<boolean>;
  /** what the vault is to keep once this epoch is sealed */
  next(whom: Whom, epoch: number): Pick<VaultContents, 'readsFrom' | 'mayReadFrom' | 'owesKeys'>;
  /** after the vault has changed */
  look(): void;
  /** what the visitor says while it asks */
  answer(choice: 'all' | 'none'): void;
  /** tells the present person the keys, or none, when that is owed: its presence and length say nothing [P4] */
  tell(epoch: number): void;
  stored(mid: string): void;
}

const KEYS_MAX = 38;

export function createHistory(vault: Vault, conversation: () => Conversation): History {
  const asks = signal(false);
  let keysMid = '';

  const keysBefore = (epoch: number): [number, string][] =>
    vault.ring
      .epochs()
      .filter((held) => held >= vault.contents.readsFrom && held < epoch)
      .slice(-KEYS_MAX)
      .flatMap((held) => {
        const secret = vault.ring.secret(held);
        return secret ? [[held, toBase64url(secret)]] : [];
      });

  const history: History = {
    asks,
    next(whom, epoch) {
      const { people, confirmed, readsFrom, mayReadFrom } = vault.contents;
      const owesKeys = people.length > 0;
      if (whom === 'known') return { readsFrom, mayReadFrom, owesKeys };
      if (whom !== 'moved') return { readsFrom: whom === 'all' ? 1 : epoch, mayReadFrom: 0, owesKeys };
      return { readsFrom: epoch, mayReadFrom: mayReadFrom || (confirmed > 0 ? readsFrom : 0), owesKeys };
    },
    look() {
      asks.value = vault.contents.mayReadFrom > 0;
    },
    answer(choice) {
      const { contents } = vault;
      if (choice === 'all') {
        contents.readsFrom = contents.mayReadFrom;
        contents.owesKeys = true;
      }
      contents.mayReadFrom = 0;
      history.look();
    },
    tell(epoch) {
      if (!vault.contents.owesKeys) return;
      keysMid = newMid();
      conversation().control({ k: 'keys', mid: keysMid, keys: keysBefore(epoch) });
    },
    stored(mid) {
      if (mid === keysMid) vault.contents.owesKeys = false;
    },
  };
  return history;
}
