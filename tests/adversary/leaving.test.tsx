import { expect, test } from 'vitest';
import type { Visitor } from '@clbchat/shared/client/views';
import { createIntro } from '../../widget/src/model/intro.ts';
import { createStart } from '../../widget/src/model/start.ts';
import { fakeVisitor } from '../widget/fakeVisitor.ts';

test.each(['join', 'resume'] as const)(
  '[E24] snel weg while the engine is still on its way: %s does not begin',
  async (how) => {
    const fake = fakeVisitor();
    const asked: string[] = [];
    let arrives: (visitor: Visitor) => void = () => undefined;
    const start = createStart(() => new Promise((resolve) => (arrives = resolve)), createIntro());
    const under = start[how]();
    start.forget();
    const resume = () => (asked.push('resume'), Promise.resolve(true));
    const join = () => (asked.push('join'), Promise.resolve({ ok: true as const, value: null }));
    arrives({ ...fake.visitor, resume, join });
    await under;
    expect(asked).toEqual([]);
  },
);
