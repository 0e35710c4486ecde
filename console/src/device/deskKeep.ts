import type { DeskKeep, DeskRow } from '@clbchat/shared/client/ports';
import { readFrom, writeTo } from './database.ts';

/** The rows of one person. Another person in the same browser profile never sees them. */
export function deskKeep(database: IDBDatabase, who: string): DeskKeep {
  return {
    async rows() {
      const mine = IDBKeyRange.bound([who], [who, []]);
      const found = await readFrom<(DeskRow & { who: string })[]>(database, 'rows', (store) => store.getAll(mine));
      return found.map(({ who: _who, ...row }) => row);
    },
    write: (row) => writeTo(database, 'rows', (store) => store.put({ who, ...row })),
    remove: (visitId) => writeTo(database, 'rows', (store) => store.delete([who, visitId])),
  };
}
