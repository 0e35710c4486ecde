import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { exitUrlProblem } from '../../model/hours/exitUrl.ts';
import {
  brokenOrder,
  firstFields,
  moreFields,
  rangeOf,
  shownOf,
  storedOf,
  type NumberField,
} from '../../model/hours/rulesForm.ts';
import type { Bounds } from '../../model/hours/settings.ts';
import { hours as words } from '../../words/hours.ts';
import { useHours } from './hours.ts';

/** What the centre may choose beside its hours, each with its unit and range. */
export function RulesBox({ bounds }: { bounds: Bounds }) {
  return (
    <section class="box" aria-labelledby="rules-title">
      <h2 id="rules-title">{words.rules.title}</h2>
      <div class="rules">
        {firstFields.map((field) => (
          <NumberRule key={field.name} field={field} bounds={bounds} />
        ))}
        <WrapUp />
        <ExitUrl />
      </div>
      <details class="more">
        <summary>{words.rules.more}</summary>
        <div class="rules">
          <Routing />
          {moreFields.map((field) => (
            <NumberRule key={field.name} field={field} bounds={bounds} />
          ))}
        </div>
      </details>
    </section>
  );
}

/** A text while it is typed; what it says counts once it is a rule. What stands takes its place when the page goes back to it. */
function useTyped(stored: string) {
  const { page } = useHours();
  const typed = useSignal(stored);
  const version = page.version.value;
  useLayoutEffect(() => {
    typed.value = stored;
  }, [version]);
  return typed;
}

function NumberRule({ field, bounds }: { field: NumberField; bounds: Bounds }) {
  const { page } = useHours();
  const { rules } = page.draft.value;
  const range = rangeOf(field, bounds);
  const typed = useTyped(shownOf(field, rules));
  const [name, hint] = words.rules.names[field.name] ?? [field.name, ''];
  const broken = brokenOrder(rules, bounds);
  const isWrong = storedOf(field, typed.value, range) === null;
  const above = !isWrong && broken?.[0] === field.name ? (words.rules.names[broken[1]]?.[0] ?? '') : null;
  const problem = isWrong ? words.rules.wrong(range.from, range.to) : above === null ? null : words.rules.above(above);

  const type = (text: string) => {
    typed.value = text;
    const stored = storedOf(field, text, range);
    page.note(`rules.${field.name}`, stored === null);
    if (stored === null) return;
    page.change({ rules: { ...page.draft.peek().rules, [field.name]: stored } });
  };
  const id = `rule-${field.name}`;
  return (
    <div class="rule">
      <label for={id}>
        {name}
        <small>
          {hint && `${hint}. `}
          {words.rules.range(range.from, range.to)}
        </small>
      </label>
      <span class="rule-value">
        <input
          id={id}
          class="input"
          inputMode="numeric"
          autocomplete="off"
          value={typed.value}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-unit ${id}-problem`}
          onInput={(event) => type(event.currentTarget.value)}
        />
        <span id={`${id}-unit`}>{words.rules.units[field.unit]}</span>
      </span>
      <p id={`${id}-problem`} class="form-problem" role="alert">
        {problem}
      </p>
    </div>
  );
}

function ExitUrl() {
  const { page } = useHours();
  const typed = useTyped(page.draft.value.exitUrl);
  const problem = exitUrlProblem(typed.value);
  const type = (text: string) => {
    typed.value = text;
    const isWrong = exitUrlProblem(text) !== null;
    page.note('exitUrl', isWrong);
    if (!isWrong) page.change({ exitUrl: text });
  };
  return (
    <div class="rule rule-wide">
      <label for="rule-exit">
        {words.rules.exitUrl}
        <small>{words.rules.exitHint}</small>
      </label>
      <input
        id="rule-exit"
        class="input"
        type="url"
        autocomplete="off"
        value={typed.value}
        aria-invalid={problem !== null}
        aria-describedby="rule-exit-problem"
        onInput={(event) => type(event.currentTarget.value.trim())}
      />
      <p id="rule-exit-problem" class="form-problem" role="alert">
        {problem && words.rules.exitProblems[problem]}
      </p>
    </div>
  );
}

function WrapUp() {
  const { page } = useHours();
  const { rules } = page.draft.value;
  return (
    <div class="rule">
      <label for="rule-wrapUp">
        {words.rules.wrapUp}
        <small>{words.rules.wrapUpHint}</small>
      </label>
      <span class="rule-value check">
        <input
          id="rule-wrapUp"
          type="checkbox"
          checked={rules['wrapUp'] === true}
          onChange={(event) => page.change({ rules: { ...rules, wrapUp: event.currentTarget.checked } })}
        />
      </span>
    </div>
  );
}

function Routing() {
  const { page } = useHours();
  const { rules } = page.draft.value;
  return (
    <div class="rule rule-wide">
      <label for="rule-routing">{words.rules.routing}</label>
      <select
        id="rule-routing"
        class="input"
        value={String(rules['routing'])}
        onChange={(event) => page.change({ rules: { ...rules, routing: event.currentTarget.value } })}
      >
        <option value="offered">{words.rules.offered}</option>
        <option value="picked">{words.rules.picked}</option>
      </select>
    </div>
  );
}
