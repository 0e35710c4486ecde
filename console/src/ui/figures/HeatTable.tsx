import type { Total } from '@clbchat/shared/figures/told';
import type { Heat } from '../../model/figures/view.ts';
import { cellName, dayText, figures as words, totalText } from '../../words/figures.ts';

const STEPS = 5;
const { heat: said } = words;

/** When they come: a table whose cells are darker the more came. */
export function HeatTable({ heat }: { heat: Heat | null }) {
  const greatest = heat?.busiest?.total.least ?? 0;
  const stepOf = ({ least, closed, few }: Total) =>
    closed ? 'heat-closed' : few ? 'heat-few' : `heat-${Math.min(STEPS, Math.ceil((least / greatest) * STEPS))}`;
  return (
    <section class="box figure" aria-labelledby="figure-heat">
      <h2 id="figure-heat">{said.title}</h2>
      <p class="muted">{said.lead}</p>
      {!heat ? (
        <p>{said.none}</p>
      ) : (
        <>
          {heat.busiest && <p>{said.says(cellName('at', heat.busiest.cell), totalText(heat.busiest.total))}</p>}
          <div class="heat-scroll" role="group" tabIndex={0} aria-label={said.title}>
            <table class="heat">
              <caption class="hidden-text">{said.title}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    <span class="hidden-text">{said.day}</span>
                  </th>
                  {heat.hours.map((hour) => (
                    <th key={hour} scope="col">
                      {said.hour(hour)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {heat.days.map(({ day, cells }) => (
                  <tr key={day}>
                    <th scope="row">{dayText(day)}</th>
                    {cells.map((total, at) => (
                      <td key={heat.hours[at]} class={stepOf(total)}>
                        {totalText(total)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
