import type { ComponentType } from 'preact';
import { fetchRelay } from './device/relay.ts';
import { createTeamPorts } from './device/teamApi.ts';
import { createStepUp, type ShowsAgain } from './model/stepUp.ts';
import { createTeam } from './model/team/team.ts';
import './styles/team.css';
import { news } from './teamNews.ts';
import { TeamScreen } from './ui/team/TeamScreen.tsx';

/** Everything of the page of who works here, which only coordinators ever download. */
export function teamPage(shows: ShowsAgain): ComponentType {
  const stepUp = createStepUp(shows);
  const ports = createTeamPorts(fetchRelay, () => `${location.origin}${location.pathname}`);
  const team = createTeam(news, { ...ports, with: stepUp.with });
  return () => <TeamScreen team={team} stepUp={stepUp} />;
}
