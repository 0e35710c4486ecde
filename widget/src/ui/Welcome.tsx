import type { Role } from '@clbchat/shared/ids';
import type { Widget } from '../model/widget.ts';
import { t } from '../words/nl.ts';
import { useArrival } from './arrival.ts';
import { Art } from './Art.tsx';
import { Icon } from './Icon.tsx';
import { backpack, doorOpen, lock, question, users, venetianMask } from './icons.ts';
import { Rich } from './Rich.tsx';

const facts = [
  ['lake', venetianMask, t('welcome.fact1')],
  ['lilac', lock, t('welcome.fact2')],
  ['sun', doorOpen, t('welcome.fact3')],
] as const;
const roles: readonly [Role, string, string][] = [
  ['pupil', 'lake', backpack],
  ['parent', 'sun', users],
];

export function Welcome({ widget: { intro } }: { widget: Widget }) {
  useArrival(() => document.querySelector<HTMLElement>(intro.explained.value ? '#more' : 'main h1')?.focus());
  return (
    <div class="bd wide">
      <div class="hero">
        <Art />
        <h1 tabIndex={-1}>{t('welcome.title')}</h1>
        <p>{t('welcome.lead')}</p>
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
        {t('welcome.more')}
      </button>
      <fieldset class="push">
        <legend class="h2 below">{t('welcome.role')}</legend>
        <div class="choices two">
          {roles.map(([role, colour, icon]) => (
            <button type="button" class="choice big" onClick={() => intro.chooseRole(role)}>
              <span class={`pic ${colour}`}>
                <Icon d={icon} size="l" />
              </span>
              <b>{t(`role.${role}`)}</b>
            </button>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
