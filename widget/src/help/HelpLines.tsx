import type { Role } from '@clbchat/shared/ids';
import { Icon } from '../frame/Icon.tsx';
import { phone } from '../frame/icons.ts';
import { th } from './words.ts';

export type HelpNumber = '112' | '1813' | '102' | '1712' | '106';
/** In the order in which danger is near. */
export const allNumbers: readonly HelpNumber[] = ['112', '1813', '102', '1712', '106'];

const about = (number: HelpNumber, role: Role) =>
  number === '102' ? th('safe.102.sub', { role }) : th(`safe.${number}.sub`);

/** Numbers in the page itself: they must show when no server answers. */
export const HelpLines = ({ numbers, role }: { numbers: readonly HelpNumber[]; role: Role }) => (
  <div class="lines">
    {numbers.map((number) => (
      <a class={number === '112' ? 'line red' : 'line'} href={`tel:${number}`}>
        <span class="num">{number}</span>
        <span>
          <b>{th(`safe.${number}`)}</b>
          <small>{about(number, role)}</small>
        </span>
        <Icon d={phone} />
      </a>
    ))}
  </div>
);
