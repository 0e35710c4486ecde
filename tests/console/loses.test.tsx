import { render as draw, type ComponentChild } from 'preact';
import { render } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { losesSomething, useAskBeforeLosing } from '../../console/src/ui/loses.ts';
import { tidyUp } from './screen.tsx';

afterEach(tidyUp);

function Screen({ loses }: { loses: boolean }) {
  useAskBeforeLosing(loses);
  return null;
}

test('[G11 U13] a screen asks before it is lost from its first moment on, for as long as it holds something, and one that goes at once asks no more', () => {
  const view = document.createElement('main');
  document.body.append(view);
  const shown = (what: ComponentChild) => draw(what, view); // as the page does it, without what the testing library runs by itself
  shown(<Screen loses />);
  expect(losesSomething(), 'before the next frame').toBe(true);
  shown(null);
  expect(losesSomething(), 'gone within the same frame').toBe(false);
  const frame = render(<Screen loses />);
  frame.rerender(<Screen loses={false} />);
  expect(losesSomething()).toBe(false);
});
