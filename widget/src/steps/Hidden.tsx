import type { Role } from '@clbchat/shared/ids';
import { Icon } from '../frame/Icon.tsx';
import { Rich } from '../frame/Rich.tsx';
import { eye, eyeOff } from './anonymousIcons.ts';
import { ta } from './anonymousWords.ts';
import { Note } from './Note.tsx';

const Card = ({ icon, title, lines }: { icon: string; title: string; lines: readonly string[] }) => (
  <div class="card stack">
    <h2 class="row">
      <Icon d={icon} />
      {title}
    </h2>
    <ul class="dots sm">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  </div>
);

/** What is hidden, what is not, and the honest price of it. */
export const Hidden = ({ role }: { role: Role }) => (
  <>
    <Card icon={eyeOff} title={ta('anon.no')} lines={[ta('anon.no1'), ta('anon.no2', { role }), ta('anon.no3')]} />
    <Card
      icon={eye}
      title={ta('anon.yes')}
      lines={[ta('anon.yes1'), ta('anon.yes2'), ta('anon.yes3'), ta('anon.yes4'), ta('exit.history')]}
    />
    <Note tone="warn">
      <Rich text={ta('anon.danger')} />
    </Note>
  </>
);
