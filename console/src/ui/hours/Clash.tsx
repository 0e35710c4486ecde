import { useLayoutEffect, useRef } from 'preact/hooks';
import { differences, type Difference } from '../../model/hours/differences.ts';
import { allFields } from '../../model/hours/rulesForm.ts';
import { dayNames, hours as words, rangeWords, spansWords } from '../../words/hours.ts';
import { Firm } from '../Firm.tsx';
import { useHours } from './hours.ts';

/** Two versions beside each other, and whose holds. Nothing was overwritten [U14]. */
export function Clash() {
  const { page } = useHours();
  const clash = page.clash.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (clash) heading.current?.focus();
  }, [clash]);
  if (!clash) return null;
  const { now, by } = clash;
  const leave = (chosen: () => unknown) => {
    document.getElementById('page-title')?.focus(); // before the button goes that has it
    chosen();
  };
  return (
    <section class="box clash" aria-labelledby="clash-title">
      <h2 id="clash-title" ref={heading} tabIndex={-1}>
        {words.clash.title(by)}
      </h2>
      <p class="small">{words.clash.lead}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.clash.what}</th>
            <th scope="col">{words.clash.mine}</th>
            <th scope="col">{words.clash.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {differences(page.draft.value, now.settings).map((one) => {
            const { what, mine, theirs } = inWords(one);
            return (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{mine}</td>
                <td>{theirs}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div class="dialog-actions">
        <Firm class="button button-secondary button-small" onClick={() => leave(page.takeTheirs)}>
          {words.clash.take(by)}
        </Firm>
        <Firm class="button button-plain button-small" onClick={() => leave(() => void page.keepMine())}>
          {words.clash.keep}
        </Firm>
      </div>
    </section>
  );
}

function inWords(one: Difference): { what: string; mine: string; theirs: string } {
  switch (one.of) {
    case 'day':
      return { what: dayNames[one.day] ?? '', mine: spansWords(one.mine), theirs: spansWords(one.theirs) };
    case 'dates': {
      const open = (of: typeof one.mine) => {
        if (!of) return words.clash.none;
        return of.why ? words.today.reasons[of.why] : spansWords(of.open);
      };
      return { what: rangeWords(one), mine: open(one.mine), theirs: open(one.theirs) };
    }
    case 'holidays': {
      const is = (of: string) => (of === 'open' ? words.choices.open : words.choices.closed);
      return { what: words.days.others, mine: is(one.mine), theirs: is(one.theirs) };
    }
    case 'rule':
      return { what: ruleName(one.name), mine: ruleValue(one.name, one.mine), theirs: ruleValue(one.name, one.theirs) };
  }
}

const ruleName = (name: string): string => {
  const known: Record<string, string> = {
    exitUrl: words.rules.exitUrl,
    wrapUp: words.rules.wrapUp,
    routing: words.rules.routing,
  };
  return known[name] ?? words.rules.names[name]?.[0] ?? name;
};

function ruleValue(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? words.rules.yes : words.rules.no;
  if (name === 'routing') return value === 'picked' ? words.rules.picked : words.rules.offered;
  const field = allFields.find((one) => one.name === name);
  if (field && typeof value === 'number') return `${value / field.size} ${words.rules.units[field.unit]}`.trim();
  return String(value);
}
