import { inTurns } from '@clbchat/shared/inTurns';
import type { NewsItem, TeamList, TeamNews } from '../../model/team/team.ts';
import { team as words } from '../../words/team.ts';
import { Icon } from '../Icon.tsx';

/** So many at once; the rest is in the log. */
const SHOWN_MAX = 5;
/** Who may change all that stands here: of what is new at the same turn the first. */
const GIVES_ALL: readonly string[] = ['made_coordinator', 'made_both'];

const rankOf = ({ act }: NewsItem) => (GIVES_ALL.includes(act) ? 0 : 1);

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
  const more = Math.max(0, unseen.length - SHOWN_MAX) + news.untold.value;
  return (
    <section class="team-news" aria-labelledby="team-news-title">
      <h2 id="team-news-title">
        <Icon name="circle-alert" />
        {words.news.title}
      </h2>
      <ul>
        {inTurns(unseen, SHOWN_MAX, rankOf).map((item) => (
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
