import type { Role } from '@clbchat/shared/ids';
import { useArrival } from '../frame/arrival.ts';
import { Icon } from '../frame/Icon.tsx';
import { doorOpen, lock, question } from '../frame/icons.ts';
import { Rich } from '../frame/Rich.tsx';
import type { WithWidget } from '../widget.ts';
import { Art } from './Art.tsx';
import { backpack, users, venetianMask } from './welcomeIcons.ts';
import { twelcome } from './welcomeWords.ts';

const facts = [
  ['lake', venetianMask, twelcome('welcome.fact1')],
  ['lilac', lock, twelcome('welcome.fact2')],
  ['sun', doorOpen, twelcome('welcome.fact3')],
] as const;
const roles: readonly [Role, string, string][] = [
  ['pupil', 'lake', backpack],
  ['parent', 'sun', users],
];

export function Welcome({ widget: { intro, start } }: WithWidget) {
  useArrival(() => document.querySelector<HTMLElement>(intro.explained.value ? '#more' : 'main h1')?.focus());
  return (
    <div class="bd hello">
      <div class="hero">
        <Art />
        <h1 tabIndex={-1}>{twelcome('welcome.title')}</h1>
        <p>{twelcome('welcome.lead')}</p>
        <p class="sm">{twelcome('welcome.clb')}</p>
      </div>
      <ul class="facts">
        {facts.map(([colour, icon, text]) => (
          <li>
            <span class={`pic small ${colour}`}>
              <Icon d={icon} />
            </span>
            <span>
              <Rich text={text} />
            </span>
          </li>
        ))}
      </ul>
      <button type="button" id="more" class="btn t small" onClick={intro.explain}>
        <Icon d={question} size="s" />
        {twelcome('welcome.more')}
      </button>
      <fieldset class="push">
        <legend class="h2 below">{twelcome('welcome.role')}</legend>
        <div class="stack two">
          {roles.map(([role, colour, icon]) => (
            <button
              type="button"
              class="choice big"
              onClick={() => {
                intro.chooseRole(role);
                void start.prepare();
              }}
            >
              <span class={`pic ${colour}`}>
                <Icon d={icon} size="l" />
              </span>
              <b>{twelcome(`role.${role}`)}</b>
            </button>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
