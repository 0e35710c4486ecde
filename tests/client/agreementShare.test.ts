import { begin, step, type State, type Word } from '@clbchat/shared/client/visitor/agreement';
import { expect, test } from 'vitest';

const word: Word = {
  atDesk: true,
  opening: true,
  unanswered: false,
  epoch: 1,
  keyOffer: 'o',
  sealedSet: true,
  shared: false,
};
const sealed: State = {
  ...begin(false, { sealedMax: 1, sealedFor: 'd', confirmed: 0, people: [] }),
  ...{ phase: { is: 'sealed', epoch: 1 }, holds: [1], word },
};

test('[K3] a visitor whose other half the service has not got speaks under no key, confirmed or not, and gives it again', () => {
  const confirmed = step(sealed, { is: 'confirmed', epoch: 1 }).state;
  expect(confirmed.phase).toEqual({ is: 'sealed', epoch: 1 });
  const again = step(confirmed, { is: 'word', word });
  expect(again.state.phase).toEqual({ is: 'sealed', epoch: 1 });
  expect(again.effects.map((effect) => effect.do)).toEqual(['share']);
  expect(step(again.state, { is: 'word', word: { ...word, shared: true } }).state.phase).toEqual({
    is: 'talking',
    epoch: 1,
  });
});
