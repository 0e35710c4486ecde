import { signal, type ReadonlySignal } from '@preact/signals-core';
import { toBase64url } from '../../base64url.ts';
import { newMid } from '../../ids.ts';
import type { Conversation } from '../talk/conversation.ts';
import type { Agreed, Whom } from './agreement.ts';
import type { Vault, VaultContents } from './vault.ts';

/** Which earlier epochs the present person may read. */
export interface History {
  /** the present person has come at another computer, where nothing of what was said before is; it is for a tap */
  readonly asks: ReadonlySignal<boolean>;
  /** what the vault is to keep once this epoch is sealed */
  next(whom: Whom, epoch: number, before: Agreed): Pick<VaultContents, 'readsFrom' | 'mayReadFrom' | 'owesKeys'>;
  /** the vault has changed */
  changed(): void;
  /** what the visitor says while it asks */
  answer(choice: 'all' | 'none'): void;
  /** tells the present person the keys, or none, when that is owed: its presence and length say nothing [P4] */
  tell(epoch: number): void;
}

const KEYS_MAX = 38;

export function createHistory(vault: Vault, conversation: () => Conversation): History {
  const asks = signal(false);

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
    next(whom, epoch, { people, confirmed }) {
      const { readsFrom, mayReadFrom } = vault.contents;
      const owesKeys = people.length > 0;
      if (whom === 'known') return { readsFrom, mayReadFrom, owesKeys };
      if (whom !== 'moved') return { readsFrom: whom === 'all' ? 1 : epoch, mayReadFrom: 0, owesKeys };
      return { readsFrom: epoch, mayReadFrom: mayReadFrom || (confirmed > 0 ? readsFrom : 0), owesKeys };
    },
    changed() {
      asks.value = vault.contents.mayReadFrom > 0;
    },
    answer(choice) {
      const { contents } = vault;
      if (choice === 'all') {
        contents.readsFrom = contents.mayReadFrom;
        contents.owesKeys = true;
      }
      contents.mayReadFrom = 0;
      history.changed();
    },
    tell(epoch) {
      if (!vault.contents.owesKeys) return;
      void conversation()
        .control({ k: 'keys', mid: newMid(), keys: keysBefore(epoch) })
        .then((stored) => {
          if (!stored) return;
          vault.contents.owesKeys = false;
          void vault.save();
        });
    },
  };
  return history;
}
