import { addressOf, type Go, type Place } from '../model/places.ts';
import type { ReadinessModel } from '../model/readiness.ts';
import { readiness as words } from '../words/readiness.ts';
import { Icon } from './Icon.tsx';

interface Props {
  model: Pick<ReadinessModel, 'shown'>;
  /** the page on which it stands */
  at: Place;
  go: Go;
}

/** Which steps are left before the centre is open, and the warning until two coordinators can sign [U43 U44]. */
export function ReadinessCard({ model, at, go }: Props) {
  const shown = model.shown.value;
  if (!shown) return null;
  const { steps, warning } = shown;
  const open = steps.filter(({ done }) => !done);
  if (open.length === 0) return null;
  const way = (to: Place, says: string) => (
    <a
      href={addressOf[to]}
      {...(to === at ? { 'aria-current': 'page' as const } : {})}
      onClick={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {says}
    </a>
  );
  /** whose step ends the warning */
  const next = steps.find(({ step }) => step === (warning === 'nobody' ? 'keys' : 'second'));
  return (
    <section class="readiness" aria-label={words.title}>
      <p class="readiness-head">
        <b>{words.title}</b> <span class="muted">{words.count(steps.length - open.length, steps.length)}</span>
      </p>
      <ol>
        {steps.map(({ step, done, to }) => (
          <li key={step} class={done ? 'readiness-done' : ''}>
            <i aria-hidden="true">{done && <Icon name="check" />}</i>
            <span>
              <span class="hidden-text">{done ? words.done : words.open} </span>
              {way(to, words.steps[step])}
            </span>
          </li>
        ))}
      </ol>
      {warning && (
        <p class="readiness-warning">
          <Icon name="circle-alert" />
          <span>
            {words.warning[warning]} {next && way(next.to, words.now)}
          </span>
        </p>
      )}
    </section>
  );
}
