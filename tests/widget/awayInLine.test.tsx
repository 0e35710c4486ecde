import { describe, expect, test } from 'vitest';
import { fakeVisitor } from '../widget/fakeVisitor.ts';
import { onScreen, page, show } from '../widget/screen.tsx';

describe('an end that nobody heard', () => {
  onScreen();
  test('[V11 W26] who only waited is not told that its conversation was wiped', () => {
    show(fakeVisitor({ is: 'ended', reason: 'while_away', talked: false }));
    expect(page()).toContain('Je wacht niet meer.');
    expect(page()).not.toContain('Het gesprek is gewist');
  });
});
