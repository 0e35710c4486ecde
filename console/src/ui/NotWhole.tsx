import { places as words } from '../words/places.ts';
import { nl } from '../words/nl.ts';
import { CenterCard } from './CenterCard.tsx';
import { Icon } from './Icon.tsx';

/** The console, of which a part did not come: nothing was begun, and what she came with is still here. */
export const NotWhole = ({ is, onAgain }: { is: 'failed' | 'renewed'; onAgain(): void }) => (
  <CenterCard title={nl.signIn.title}>
    <div class="note note-danger" role="alert">
      <Icon name="circle-alert" />
      <span>{words.pages[is]}</span>
    </div>
    <button type="button" class="button button-primary" onClick={onAgain}>
      {is === 'renewed' ? words.pages.anew : words.pages.again}
    </button>
  </CenterCard>
);
