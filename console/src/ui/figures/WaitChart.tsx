import { WAIT_MIN } from '@clbchat/shared/figures/told';
import type { WeekWait } from '../../model/figures/view.ts';
import { figures as words, weekShort } from '../../words/figures.ts';

const { wait: said } = words;
const LONGEST = WAIT_MIN.at(-1)!;
/** Of the drawing: units of its own, of which the sheet makes pixels. */
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [480, 200, 30, 96, 12, 26];
const LINES = [0, 10, 20, 30];

const textOf = (minutes: WeekWait['half']): string =>
  minutes === 'longer' ? words.longer(LONGEST) : minutes === null ? '–' : words.within(minutes);
/** Who waited longer than the last step stands above its line. */
const OVER = 3;
const minutesOf = (minutes: WeekWait['half']): number =>
  minutes === 'longer' ? LONGEST + OVER : minutes === null ? 0 : minutes;
const heightOf = (minutes: number): number => TOP + (1 - minutes / (LONGEST + OVER)) * (HEIGHT - TOP - BOTTOM);

/** Two lines over the weeks: within how many minutes half of them, and nine of ten, were served. */
export function WaitChart({ waits }: { waits: readonly WeekWait[] }) {
  const last = waits.at(-1);
  return (
    <section class="box figure" aria-labelledby="figure-wait">
      <h2 id="figure-wait">{said.title}</h2>
      <p class="muted">{said.lead}</p>
      {!last ? (
        <p>{said.none}</p>
      ) : (
        <>
          <p>{said.says(weekName(last.week), textOf(last.half), textOf(last.nine))}</p>
          {waits.length > 1 && (
            <Drawing waits={waits} says={said.says(weekName(last.week), textOf(last.half), textOf(last.nine))} />
          )}
          <details>
            <summary>{words.asTable}</summary>
            <table class="bars">
              <caption class="hidden-text">{said.title}</caption>
              <thead>
                <tr>
                  <th scope="col">{said.week}</th>
                  <th scope="col">{said.half}</th>
                  <th scope="col">{said.nine}</th>
                </tr>
              </thead>
              <tbody>
                {waits.map(({ week, half, nine }) => (
                  <tr key={week}>
                    <th scope="row">{weekName(week)}</th>
                    <td>{textOf(half)}</td>
                    <td>{textOf(nine)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </section>
  );
}

const weekName = (week: string): string => `week ${Number(week.slice(6))}`;

function Drawing({ waits, says }: { waits: readonly WeekWait[]; says: string }) {
  const at = (index: number) => LEFT + (index / (waits.length - 1)) * (WIDTH - LEFT - RIGHT);
  const points = (which: 'half' | 'nine') =>
    waits.map((one, index) => ({ x: at(index), y: heightOf(minutesOf(one[which])) }));
  const every = Math.ceil(waits.length / 6);
  return (
    <svg class="lines" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={says}>
      {LINES.map((minutes) => (
        <g key={minutes}>
          <line class="line-grid" x1={LEFT} x2={WIDTH - RIGHT} y1={heightOf(minutes)} y2={heightOf(minutes)} />
          <text x={LEFT - 8} y={heightOf(minutes) + 4} text-anchor="end">
            {minutes}
          </text>
        </g>
      ))}
      {waits.map(({ week }, index) =>
        index % every === 0 ? (
          <text key={week} x={at(index)} y={HEIGHT - 6} text-anchor="middle">
            {weekShort(week)}
          </text>
        ) : null,
      )}
      {(['half', 'nine'] as const).map((which) => {
        const all = points(which);
        const end = all.at(-1)!;
        return (
          <g key={which} class={`line-${which}`}>
            <polyline points={all.map(({ x, y }) => `${x},${y}`).join(' ')} />
            {all.map(({ x, y }) => (
              <circle key={x} cx={x} cy={y} r="4" />
            ))}
            <text x={end.x + 10} y={end.y + 4}>
              {said[which]}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
