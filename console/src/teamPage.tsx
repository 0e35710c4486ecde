import type { ComponentType } from 'preact';
import { createTeamPorts } from './device/teamApi.ts';
import { createStepUp, type ShowsAgain } from './model/stepUp.ts';
import { createTeam } from './model/team/team.ts';
import type { Go } from './model/places.ts';
import { fetchAndTell, underReadiness } from './readiness.tsx';
import './styles/team.css';
import { news } from './teamNews.ts';
import { TeamScreen } from './ui/team/TeamScreen.tsx';

/** Everything of the page of who works here, which only coordinators ever download. */
export function teamPage(go: Go, shows: ShowsAgain): ComponentType {
  const stepUp = createStepUp(shows);
  const ports = createTeamPorts(fetchAndTell, () => `${location.origin}${location.pathname}`);
  const team = createTeam(news, { ...ports, with: stepUp.with });
  return underReadiness('team', () => <TeamScreen team={team} stepUp={stepUp} />, go);
}
