import { useEffect } from 'preact/hooks';
import type { Figures } from '../../model/figures/figures.ts';
import { viewOf, type View } from '../../model/figures/view.ts';
import { figures as words, totalText } from '../../words/figures.ts';
import { TALK_MIN, WAIT_MIN } from '@clbchat/shared/figures/told';
import { AbovePage } from '../AbovePage.tsx';
import { Arriving } from '../Arriving.tsx';
import { Icon } from '../Icon.tsx';
import { Bars } from './Bars.tsx';
import { HeatTable } from './HeatTable.tsx';
import { PeriodChoice } from './PeriodChoice.tsx';
import { WaitChart } from './WaitChart.tsx';

/** How many came: nothing of anybody. */
export function FiguresScreen({ figures }: { figures: Figures }) {
  const state = figures.state.value;
  const told = figures.shown.value;
  useEffect(() => void figures.open(), [figures]);
  return (
    <main class="page figures" id="page" data-region tabIndex={-1} aria-labelledby="page-title">
      <AbovePage />
      <div class="page-head">
        <h1 id="page-title" tabIndex={-1}>
          {words.title}
        </h1>
        {told && (
          <>
            <button type="button" class="button button-plain" onClick={figures.print}>
              {words.print}
            </button>
            <button type="button" class="button button-plain" aria-label={words.saveLong} onClick={figures.save}>
              {words.save}
            </button>
          </>
        )}
      </div>
      <Arriving is={state.is} words={words} onAgain={() => figures.open()} />
      {state.is === 'empty' && <p>{words.empty}</p>}
      {state.is === 'ready' && <PeriodChoice figures={figures} all={state.all} />}
      {told && <Shown view={viewOf(told)} weeks={told.weeks.length} />}
    </main>
  );
}

function Shown({ view, weeks }: { view: View; weeks: number }) {
  const { bars } = view;
  return (
    <>
      {view.madeUp && (
        <p class="note note-warn">
          <Icon name="circle-alert" />
          <span>{words.madeUp}</span>
        </p>
      )}
      {view.chats.few ? (
        <p>{words.tooFew}</p>
      ) : (
        <>
          <Numbers view={view} weeks={weeks} />
          <div class="figure-grid">
            <HeatTable heat={view.heat} />
            <WaitChart waits={view.waits} />
            <Bars name="topic" counted={bars.topic} />
            <Bars name="left" counted={bars.left} />
            <Bars name="talk" counted={bars.talk} />
            <div class="column">
              <Bars name="role" counted={bars.role} />
              <Bars name="lang" counted={bars.lang} />
            </div>
          </div>
        </>
      )}
      <p class="figure-note">
        <Icon name="lock" />
        <span>
          <b>{words.anonymous}</b> {words.anonymousText}
        </span>
      </p>
    </>
  );
}

/** The numbers of the period: each with its name above and what goes with it below. */
function Numbers({ view, weeks }: { view: View; weeks: number }) {
  const within = (minutes: View['waitHalf'], ends: readonly number[]) =>
    minutes === null ? words.unknown : minutes === 'longer' ? words.longer(ends.at(-1)!) : words.within(minutes);
  const all = [
    { name: words.chats, value: totalText(view.chats), beside: words.weeks(weeks) },
    {
      name: words.waitHalf,
      value: within(view.waitHalf, WAIT_MIN),
      beside: words.nine(within(view.waitNine, WAIT_MIN)),
    },
    { name: words.left, value: view.left ? totalText(view.left) : '–', beside: words.leftText },
    {
      name: words.talkHalf,
      value: within(view.talkHalf, TALK_MIN),
      beside: words.nine(within(view.talkNine, TALK_MIN)),
    },
  ];
  return (
    <dl class="numbers">
      {all.map(({ name, value, beside }) => (
        <div key={name} class="box">
          <dt>{name}</dt>
          <dd class="number">{value}</dd>
          <dd>{beside}</dd>
        </div>
      ))}
    </dl>
  );
}
