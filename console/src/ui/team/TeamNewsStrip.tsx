import type { NewsItem, TeamList, TeamNews } from '../../model/team/team.ts';
import { team as words } from '../../words/team.ts';
import { Icon } from '../Icon.tsx';

/** So many at once; the rest is in the log. */
const SHOWN_MAX = 5;
/** Who may change all that stands here: of what is new at the same turn the first. */
const GIVES_ALL: readonly string[] = ['made_coordinator', 'made_both'];

/** Of each kind in turn the newest, so that five computers hide nobody who was made a coordinator before them. */
function firstOf(unseen: readonly NewsItem[]): NewsItem[] {
  const counts = new Map<string, number>();
  const turns = unseen.map((item, at) => {
    const turn = counts.get(item.act) ?? 0;
    counts.set(item.act, turn + 1);
    return { item, at, rank: 2 * turn + (GIVES_ALL.includes(item.act) ? 0 : 1) };
  });
  const first = turns.toSorted((a, b) => a.rank - b.rank || a.at - b.at).slice(0, SHOWN_MAX);
  return first.toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}

interface Props {
  news: TeamNews;
  names: TeamList['names'];
  /** the button that had the focus goes with the strip */
  onSeen(): void;
}

/** What others did, until she says that she saw it [T12]. */
export function TeamNewsStrip({ news, names, onSeen }: Props) {
  const unseen = news.unseen.value;
  if (unseen.length === 0) return null;
  const more = unseen.length - SHOWN_MAX;
  return (
    <section class="team-news" aria-labelledby="team-news-title">
      <h2 id="team-news-title">
        <Icon name="circle-alert" />
        {words.news.title}
      </h2>
      <ul>
        {firstOf(unseen).map((item) => (
          <li key={item.id}>{words.news.says(item, names)}</li>
        ))}
      </ul>
      {more > 0 && <p>{words.news.more(more)}</p>}
      <p>{words.news.lead}</p>
      <button
        type="button"
        class="button button-plain button-small"
        onClick={() => {
          onSeen();
          void news.sawAll();
        }}
      >
        {words.news.seen}
      </button>
    </section>
  );
}
