import type { Role } from '@clbchat/shared/ids';
import { Icon } from '../frame/Icon.tsx';
import { phone } from '../frame/icons.ts';
import { th } from './words.ts';

export type HelpNumber = '112' | '1813' | '102' | '1712' | '106';
/** In the order in which danger is near. */
export const allNumbers: readonly HelpNumber[] = ['112', '1813', '102', '1712', '106'];

/** Numbers in the page itself: they must show when no server answers. */
export const HelpLines = ({ numbers, role }: { numbers: readonly HelpNumber[]; role: Role }) => (
  <div class="stack">
    {numbers.map((number) => (
      <a class={number === '112' ? 'choice line red' : 'choice line'} href={`tel:${number}`}>
        <span class="num">{number}</span>
        <span>
          <b>{th(`safe.${number}`)}</b>
          <small>{th(`safe.${number}.sub`, { role })}</small>
        </span>
        <Icon d={phone} />
      </a>
    ))}
  </div>
);
