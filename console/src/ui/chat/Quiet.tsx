import { nl } from '../../words/nl.ts';
import { Logo } from '../Brand.tsx';
import { useConsole } from '../console.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';

/** No conversation is open: C6. */
export function Quiet() {
  const { workspace, bell, certEnded } = useConsole();
  const { desk } = workspace;
  const status = desk.status.value;
  const rings = desk.rings.value.length > 0;
  const lead = {
    available: nl.quiet.available,
    paused: nl.quiet.paused,
    'wrap-up': nl.status.wrapUp,
    offline: nl.quiet.offline,
  };
  const isEnded = certEnded.value;
  const set = (next: 'available' | 'paused') =>
    void (status === 'wrap-up' && next === 'available' ? workspace.done() : workspace.setStatus(next));
  return (
    <div class="quiet">
      <Logo />
      <h1 tabIndex={-1}>
        {rings ? nl.quiet.ringing : desk.talks.value.length > 0 ? nl.quiet.chooseTitle : nl.quiet.title}
      </h1>
      {isEnded && desk.talks.value.length === 0 ? (
        <p class="muted">{nl.quiet.ended}</p>
      ) : (
        <p class="muted">
          {nl.quiet.on}
          <b>{nl.status[status]}</b>.{' '}
          {rings ? nl.quiet.ringingLead : desk.talks.value.length > 0 ? nl.quiet.choose : lead[status]}
        </p>
      )}
      {!rings && workspace.tally.value > 0 && <p class="muted small">{nl.quiet.tally(workspace.tally.value)}</p>}
      <div class="quiet-actions">
        <button type="button" class="button button-secondary button-small" onClick={() => bell.ring()}>
          <Icon name="volume-2" size={16} />
          {nl.sound.test}
        </button>
        {isEnded ? null : status === 'available' ? (
          <button type="button" class="button button-plain button-small" onClick={() => set('paused')}>
            <Icon name="coffee" size={16} />
            {nl.quiet.pause}
          </button>
        ) : (
          <Firm key={status} class="button button-primary button-small" onClick={() => set('available')}>
            <Icon name="check" size={16} />
            {status === 'wrap-up' ? nl.status.ready : status === 'paused' ? nl.quiet.back : nl.status.available}
          </Firm>
        )}
      </div>
    </div>
  );
}
