import type { Desk } from '@clbchat/shared/client/views';
import type { Session } from '../model/session.ts';
import { nl } from '../words/nl.ts';
import { CenterCard } from './CenterCard.tsx';
import { ConsoleProvider, type Console } from './console.ts';
import { PagesScreen, type Pages } from './PagesScreen.tsx';
import { SignIn } from './SignIn.tsx';
import { WorkspaceScreen } from './WorkspaceScreen.tsx';

function TakeOver({ title, lead, onHere }: { title: string; lead: string; onHere(): void }) {
  return (
    <CenterCard title={title}>
      <p>{lead}</p>
      <p class="muted">{nl.elsewhere.follow}</p>
      <button type="button" class="button button-primary" onClick={onHere}>
        {nl.elsewhere.here}
      </button>
    </CenterCard>
  );
}

function Entering({ desk }: { desk: Desk }) {
  const problem = desk.problem.value;
  const lost = desk.connection.value.is === 'lost';
  return (
    <CenterCard title={nl.signIn.starting}>
      {(lost || problem) && <p role="alert">{problem ? nl.problems[problem] : nl.lost.title}</p>}
      {lost && (
        <button type="button" class="button button-plain" onClick={() => desk.tryNow()}>
          {nl.lost.now}
        </button>
      )}
    </CenterCard>
  );
}

/** She left by her own choice; whose session ended is asked to sign in instead. */
function Offline({ desk }: { desk: Desk }) {
  const begin = async () => {
    await desk.enter();
    await desk.setStatus('available');
  };
  return (
    <CenterCard title={nl.elsewhere.leftTitle}>
      <p>{nl.elsewhere.leftLead}</p>
      <button type="button" class="button button-primary" onClick={() => void begin()}>
        {nl.elsewhere.begin}
      </button>
    </CenterCard>
  );
}

interface Props {
  session: Session;
  /** the same console for the same desk */
  consoleOf(desk: Desk): Console;
  pages: Pages;
  /** where people get in by passkey, too: shows how */
  byPasskey?: (() => Promise<void>) | null;
}

export function App({ session, consoleOf, pages, byPasskey = null }: Props) {
  const door = session.door.value;
  const here = () => void session.workHere();
  switch (door.is) {
    case 'starting':
      return <CenterCard title={nl.signIn.starting} />;
    case 'sign_in':
      return (
        <SignIn
          problem={door.problem}
          busy={door.busy}
          onChoose={(who) => void session.signIn(who)}
          onPasskey={byPasskey}
        />
      );
    case 'other_tab':
      return <TakeOver title={nl.elsewhere.title} lead={nl.elsewhere.tab} onHere={here} />;
    case 'taken':
      return <TakeOver title={nl.elsewhere.replaced} lead={nl.elsewhere.replacedLead} onHere={here} />;
    case 'pages':
      return <PagesScreen {...pages} />;
    case 'desk':
      return <DeskScreen desk={door.desk} consoleOf={consoleOf} onHere={here} />;
  }
}

function DeskScreen({ desk, consoleOf, onHere }: { desk: Desk; consoleOf(desk: Desk): Console; onHere(): void }) {
  const view = desk.view.value;
  switch (view.is) {
    case 'signed_out':
      return <Offline desk={desk} />;
    case 'refused': // on its way to the page that says why
    case 'entering':
      return <Entering desk={desk} />;
    case 'elsewhere': {
      const takeOver = () => void desk.enter({ takeOver: true });
      return <TakeOver title={nl.elsewhere.title} lead={nl.elsewhere.device} onHere={takeOver} />;
    }
    case 'replaced':
      return <TakeOver title={nl.elsewhere.replaced} lead={nl.elsewhere.replacedLead} onHere={onHere} />;
    case 'here':
      return (
        <ConsoleProvider value={consoleOf(desk)}>
          <WorkspaceScreen />
        </ConsoleProvider>
      );
  }
}
