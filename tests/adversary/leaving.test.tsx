import { expect, test } from 'vitest';
import type { Visitor } from '@clbchat/shared/client/views';
import { createBorder } from '../../widget/src/frame/border.ts';
import { createIntro } from '../../widget/src/steps/intro.ts';
import { createStart } from '../../widget/src/steps/start.ts';
import { fakeVisitor } from '../widget/fakeVisitor.ts';

test.each(['join', 'resume'] as const)(
  '[E24] snel weg while the engine is still on its way: %s does not begin',
  async (how) => {
    const fake = fakeVisitor();
    const asked: string[] = [];
    let arrives: (part: { visitor: Visitor }) => void = () => undefined;
    const visit = createBorder(() => new Promise<{ visitor: Visitor }>((resolve) => (arrives = resolve)));
    const start = createStart(visit, createIntro());
    const under = start[how]();
    start.forget();
    const resume = () => (asked.push('resume'), Promise.resolve(true));
    const join = () => (asked.push('join'), Promise.resolve({ ok: true as const, value: null }));
    arrives({ visitor: { ...fake.visitor, resume, join } });
    await under;
    expect(asked).toEqual([]);
  },
);
