import type { Widget } from '../model/widget.ts';
import { ts } from '../words/nlSteps.ts';
import { useArrival } from './arrival.ts';
import { Icon } from './Icon.tsx';
import { arrowLeft, circleAlert, eye, eyeOff } from './iconsSteps.ts';
import { Rich } from './Rich.tsx';

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
export function Anonymous({ widget: { intro } }: { widget: Widget }) {
  useArrival();
  const role = intro.role.value;
  return (
    <div class="bd wide">
      <button type="button" class="btn t" onClick={intro.back}>
        <Icon d={arrowLeft} size="s" />
        {ts('nav.back')}
      </button>
      <h1 tabIndex={-1}>{ts('anon.title')}</h1>
      <Card icon={eyeOff} title={ts('anon.no')} lines={[ts('anon.no1'), ts('anon.no2', { role }), ts('anon.no3')]} />
      <Card
        icon={eye}
        title={ts('anon.yes')}
        lines={[ts('anon.yes1'), ts('anon.yes2'), ts('anon.yes3'), ts('anon.yes4'), ts('exit.history')]}
      />
      <div class="note warn">
        <Icon d={circleAlert} />
        <span>
          <Rich text={ts('anon.danger')} />
        </span>
      </div>
    </div>
  );
}
