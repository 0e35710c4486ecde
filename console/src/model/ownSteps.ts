import { effect, untracked } from '@preact/signals';
import type { GettingIn } from './gettingIn.ts';
import type { Places, Steps } from './places.ts';

/** What is her own and her pages as steps of one history [U94]. */
export function ownSteps(
  model: Pick<GettingIn, 'stand' | 'toPages' | 'toHome'>,
  places: Pick<Places<unknown>, 'at'>,
  steps: Steps,
): { toHome(): void } {
  let hasCome = false;
  effect(() => {
    const { is } = model.stand.value;
    untracked(() => {
      // by an address that names a page she is there as soon as she is in
      if (is === 'home' && !hasCome && steps.named() !== null) model.toPages();
      if (is === 'home' || is === 'pages') hasCome = true;
      if (is === 'pages' && steps.named() === null) steps.push(places.at.peek());
    });
  });
  steps.onStep((place) => {
    const { is } = model.stand.peek();
    if (place !== null && is === 'home') model.toPages();
    if (place === null && is === 'pages') void model.toHome();
  });
  return {
    toHome() {
      steps.push(null);
      void model.toHome();
    },
  };
}
