import type { FunctionComponent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Setup } from '../../model/setup.ts';
import { SETUP_FIELDS, SETUP_STEPS, type SetupStep } from '../../model/setupSteps.ts';
import { setupWords as words } from '../../words/setup.ts';
import { Brand } from '../Brand.tsx';
import { Icon } from '../Icon.tsx';
import { Check, Explain, Passphrase, Save } from './making.tsx';
import { Done, PinsPage, Sign } from './using.tsx';

const pages: Readonly<Record<SetupStep, FunctionComponent<{ setup: Setup; real: boolean }>>> = {
  explain: Explain,
  passphrase: Passphrase,
  save: Save,
  check: Check,
  pins: PinsPage,
  sign: Sign,
  done: Done,
};

/** One page at a time. A new one has the focus at its heading, and one that found a mistake at the first field with it. */
export function SetupScreen({ setup, real = false }: { setup: Setup; real?: boolean }) {
  const { step, problems, lost } = setup.state.value;
  const around = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
    if (around.current) around.current.scrollTop = 0;
  }, [step]);
  useLayoutEffect(() => {
    const field = SETUP_FIELDS[step].find((one) => problems[one]);
    if (field) document.getElementById(field)?.focus();
  }, [problems]);
  const Page = pages[step];
  return (
    <div class="backdrop" ref={around}>
      <main class="card setup">
        <Brand demo={!real} sub={words.sub} />
        <p class="small muted">{words.step(SETUP_STEPS.indexOf(step) + 1, SETUP_STEPS.length)}</p>
        <h1 ref={heading} tabIndex={-1}>
          {words[step].title}
        </h1>
        {lost && (
          <div class="note note-danger" role="alert">
            <Icon name="circle-alert" />
            <span>{words.lost}</span>
          </div>
        )}
        <Page setup={setup} real={real} />
        <p class="small muted setup-foot">
          {real ? words.real.foot : words.example}{' '}
          {step !== 'done' && <a href="/console/">{real ? words.real.away : words.away}</a>}
        </p>
      </main>
    </div>
  );
}
