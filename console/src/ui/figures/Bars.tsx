import type { Counted, View } from '../../model/figures/view.ts';
import { cellName, figures as words, totalText } from '../../words/figures.ts';

type Name = keyof View['bars'];

/** A bar for each number, and the number beside it. The table behind it says the same. */
export function Bars({ name, counted }: { name: Name; counted: readonly Counted[] | null }) {
  const { title, lead } = words.bars[name];
  const most = counted?.reduce((one, other) => (other.total.least > one.total.least ? other : one));
  const greatest = most?.total.least ?? 0;
  return (
    <section class="box figure" aria-labelledby={`figure-${name}`}>
      <h2 id={`figure-${name}`}>{title}</h2>
      <p class="muted">{lead}</p>
      {!counted || !most || greatest === 0 ? (
        <p>{words.noBars}</p>
      ) : (
        <>
          <p>{words.most(cellName(name, most.name), totalText(most.total))}</p>
          <table class="bars">
            <caption class="hidden-text">{title}</caption>
            <thead class="hidden-text">
              <tr>
                <th scope="col">{words.what}</th>
                <th scope="col">{words.count}</th>
              </tr>
            </thead>
            <tbody>
              {counted.map(({ name: cell, total }) => (
                <tr key={cell}>
                  <th scope="row">{cellName(name, cell)}</th>
                  <td>
                    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                      <rect
                        class={total.exact ? 'bar' : 'bar bar-least'}
                        width={greatest > 0 ? (total.least / greatest) * 100 : 0}
                        height="10"
                      />
                    </svg>
                    <b>{totalText(total)}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
