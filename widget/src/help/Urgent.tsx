import { Icon } from '../frame/Icon.tsx';
import { lifeBuoy } from '../frame/icons.ts';
import { Rich } from '../frame/Rich.tsx';

/** Two numbers in one line, where something else is the matter of the screen. */
export const Urgent = ({ text }: { text: string }) => (
  <p class="urg sm">
    <Icon d={lifeBuoy} />
    <span>
      <Rich text={text} />
    </span>
  </p>
);
