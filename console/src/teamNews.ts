import { fetchRelay } from './device/relay.ts';
import { createNewsPorts } from './device/teamApi.ts';
import { createTeamNews } from './model/team/team.ts';

/** What is known of the team: once for its page and for the dot that leads there. It comes when a coordinator is here. */
export const news = createTeamNews(createNewsPorts(fetchRelay, indexedDB));
