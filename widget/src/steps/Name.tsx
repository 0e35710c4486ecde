import { useEffect } from 'preact/hooks';
import { agreed } from '@clbchat/shared/agreed';
import { useArrival } from '../frame/arrival.ts';
import { Icon } from '../frame/Icon.tsx';
import { Rich } from '../frame/Rich.tsx';
import { quiet } from '../frame/typing.ts';
import type { Widget } from '../widget.ts';
import { circleAlert, info } from './icons.ts';
import { nickProblem, suggestNick } from './nick.ts';
import { Nick } from './Nick.tsx';
import { StartFoot } from './StartFoot.tsx';
import { StepBar } from './StepBar.tsx';
import { ts } from './words.ts';

export function Name({ widget }: { widget: Widget }) {
  const { intro, start } = widget;
  const role = intro.role.value;
  const tooLong = intro.first.value.length - agreed.textUnitsMax;
  useArrival();
  useEffect(() => {
    if (intro.nick.value === '') intro.nick.value = suggestNick();
  }, []);

  function go() {
    const problem = nickProblem(intro.nick.value);
    if (problem && problem !== 'capitals') return document.getElementById('nick')?.focus();
    if (tooLong > 0) return document.getElementById('first')?.focus();
    void start.join();
  }

  return (
    <>
      <div class="bd wide">
        <StepBar at={3} onBack={intro.back} />
        <h1 tabIndex={-1}>{ts('name.title', { role })}</h1>
        {role === 'parent' && (
          <div class="note info">
            <Icon d={info} />
            <span>
              <Rich text={ts('parent.note')} />
            </span>
          </div>
        )}
        <Nick intro={intro} />
        <div class="field">
          <label for="first">
            {ts('first.label')} <span class="muted">{ts('first.optional')}</span>
          </label>
          <textarea
            {...quiet}
            class="inp"
            id="first"
            rows={3}
            placeholder={ts('first.ph', { role })}
            value={intro.first.value}
            aria-invalid={tooLong > 0}
            aria-describedby="first-hint"
            onInput={(event) => (intro.first.value = event.currentTarget.value)}
          />
          {tooLong > 0 && (
            <p class="msg" role="status">
              <Icon d={circleAlert} size="s" />
              {ts('first.toolong', { n: tooLong })}
            </p>
          )}
          <p class="xs muted above" id="first-hint">
            {ts('first.hint')}
          </p>
        </div>
        {widget.kept === 'memory' && (
          <div class="note warn">
            <Icon d={circleAlert} />
            <span>
              <Rich text={ts('memory.note')} />
            </span>
          </div>
        )}
      </div>
      <StartFoot widget={widget} onStart={go} />
    </>
  );
}
