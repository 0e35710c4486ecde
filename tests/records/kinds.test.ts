import { readFileSync } from 'node:fs';
import { KINDS } from '@clbchat/server/records/records.store';
import { expect, test } from 'vitest';

test('[A2] the commands on the records sweep and list every kind that there is, and no other', () => {
  const base = readFileSync(new URL('../../server/src/records/base.lua', import.meta.url), 'utf8');
  const [, listed = ''] = /^local KINDS = \{([^}]*)\}/m.exec(base) ?? [];
  expect([...listed.matchAll(/'(\w+)'/g)].map(([, kind]) => kind)).toEqual([...KINDS]);
});
