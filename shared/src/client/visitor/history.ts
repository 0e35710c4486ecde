import { signal } from '@preact/signals-core';
import { newMid } from '../../ids.ts';
import type { Conversation } from '../talk/conversation.ts';
import type { Agreed, Whom } from './agreement.ts';
import type { Vault, VaultContents } from './vault.ts';

const KEYS_MAX = 38;

/** Which earlier epochs the present person may read. */
export function createHistory(vault: Vault, conversation: () => Conversation) {
  const asks = signal(false);

  const changed = () => void (asks.value = vault.contents.mayReadFrom > 0);

  return {
    /** the present person has come at another computer, where nothing of what was said before is; it is for a tap */
    asks,
    /** what the vault is to keep once this epoch is sealed */
    next(whom: Whom, epoch: number, { people, confirmed }: Agreed): Partial<VaultContents> {
      const { readsFrom, mayReadFrom } = vault.contents;
      const owesKeys = people.length > 0;
      if (whom === 'known') return { readsFrom, mayReadFrom, owesKeys };
      if (whom !== 'moved') return { readsFrom: whom === 'all' ? 1 : epoch, mayReadFrom: 0, owesKeys };
      return { readsFrom: epoch, mayReadFrom: mayReadFrom || (confirmed > 0 ? readsFrom : 0), owesKeys };
    },
    /** the vault has changed */
    changed,
    /** what the visitor says while it asks */
    answer(choice: 'all' | 'none') {
      const { contents } = vault;
      if (choice === 'all') {
        contents.readsFrom = contents.mayReadFrom;
        contents.owesKeys = true;
      }
      contents.mayReadFrom = 0;
      changed();
    },
    /** tells the present person the keys, or none, when that is owed: its presence and length say nothing [P4] */
    tell(epoch: number) {
      if (!vault.contents.owesKeys) return;
      const { readsFrom } = vault.contents;
      const keys = vault.ring.texts().filter(([held]) => held >= readsFrom && held < epoch);
      void conversation()
        .control({ k: 'keys', mid: newMid(), keys: keys.slice(-KEYS_MAX) })
        .then((stored) => {
          if (!stored) return;
          vault.contents.owesKeys = false;
          void vault.save();
        });
    },
  };
}
