import { Icon } from '../frame/Icon.tsx';
import { arrowLeft } from './icons.ts';
import { ts } from './words.ts';

const steps = [1, 2, 3];

export const StepBar = ({ at, onBack }: { at: number; onBack: () => void }) => (
  <div class="stepbar">
    <button type="button" class="ib" aria-label={ts('nav.back')} onClick={onBack}>
      <Icon d={arrowLeft} />
    </button>
    <p class="step xs muted">
      <span aria-hidden="true">
        {steps.map((step) => (
          <i class={step <= at ? 'on' : ''} />
        ))}
      </span>
      {ts('step', { n: at, t: steps.length })}
    </p>
  </div>
);
