import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { gettingIn as words } from '../../words/gettingIn.ts';
import { CenterCard } from '../CenterCard.tsx';
import { useAskBeforeLosing } from '../loses.ts';
import { Problem } from './Problem.tsx';

/** Ten codes, shown once: nobody goes on before she says where they are. */
export function Codes({ codes, onKept }: { codes: readonly string[]; onKept(): void }) {
  const said = useSignal('');
  const problem = useSignal<string | null>(null);
  const kept = useRef<HTMLInputElement>(null);
  const { codes: say } = words;
  // nobody shows them again: a reload or Back asks first
  useAskBeforeLosing();
  const copy = async () => {
    const copied = await navigator.clipboard.writeText(codes.join('\n')).then(
      () => true,
      () => false,
    );
    said.value = copied ? say.copied : say.notCopied;
  };
  const goOn = () => {
    if (kept.current?.checked) return onKept();
    problem.value = say.keepFirst;
    kept.current?.focus();
  };
  return (
    <CenterCard sub={words.sub} title={say.title}>
      <p>{say.lead}</p>
      <ol class="codes" aria-label={say.list}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div class="codes-actions">
        <button type="button" class="button button-plain" onClick={() => void copy()}>
          {say.copy}
        </button>
        <button type="button" class="button button-plain" onClick={() => print()}>
          {say.print}
        </button>
      </div>
      <p role="status" class="small muted">
        {said.value}
      </p>
      <label class="check">
        <input
          ref={kept}
          type="checkbox"
          aria-invalid={problem.value !== null}
          aria-describedby="codes-problem"
          onChange={() => (problem.value = null)}
        />
        <span>{say.kept}</span>
      </label>
      <Problem id="codes-problem" says={problem.value} />
      <button type="button" class="button button-primary" onClick={goOn}>
        {say.on}
      </button>
    </CenterCard>
  );
}
