import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { OwnSessions, Session } from '../model/session.ts';
import { nl } from '../words/nl.ts';
import { Brand } from './Brand.tsx';
import type { ShownPlaces } from './console.ts';
import { Icon } from './Icon.tsx';
import { titleKeepsFocus } from './keepsFocus.ts';
import { losesSomething } from './loses.ts';
import { PagePane } from './PagePane.tsx';
import { Rail } from './Rail.tsx';
import { SessionsDialog } from './SessionsDialog.tsx';
import { Skip } from './Skip.tsx';
import { StaySignedIn } from './StaySignedIn.tsx';
import { AccountMenu } from './top/AccountMenu.tsx';

export interface Pages {
  session: Pick<Session, 'endsMs' | 'renew' | 'signOut' | 'me'>;
  own: OwnSessions;
  places: ShownPlaces;
  /** runs each second */
  nowMs: ReadonlySignal<number>;
  /** the way to what is her own, where there is one, and how it is called */
  /** what went wrong around the page */
  problem?: string | null;
  ownKeys?: { readonly says: string; go(): void };
}

/** The console of a coordinator who is no counsellor: no desk, no queue, no conversation [U15]. */
export function PagesScreen({ session, own, places, nowMs, ownKeys, problem = null }: Pages) {
  const asksSessions = useSignal(false);
  const stillIn = useSignal(false);
  const late = useSignal<string | null>(null);
  const me = session.me.value;
  return (
    <>
      <Skip to="page" says={nl.skip.page} />
      <div class="app page-open">
        <header class="top" aria-label={nl.regions.status} data-region tabIndex={-1}>
          <Brand />
          <span class="spring" />
          {me && (
            <AccountMenu
              me={me}
              {...(ownKeys && { ownKeys })}
              loses={losesSomething}
              onLeave={() => void session.signOut().then((is) => (stillIn.value = is === 'still_in'))}
              onSessions={() => {
                late.value = null;
                asksSessions.value = true;
              }}
            />
          )}
        </header>
        <Rail places={places} />
        <div class="news">
          {(problem ?? stillIn.value) && (
            <div class="notice" role="alert">
              <Icon name="circle-alert" />
              <span>{problem ?? nl.top.stillIn}</span>
            </div>
          )}
          <div role="status">
            {late.value !== null && (
              <div class="notice">
                <Icon name="info" />
                <span>{late.value}</span>
                <button
                  type="button"
                  class="icon-button"
                  aria-label={nl.close}
                  onClick={() => {
                    late.value = null;
                    titleKeepsFocus({ preventScroll: true });
                  }}
                >
                  <Icon name="x" />
                </button>
              </div>
            )}
          </div>
          <StaySignedIn session={session} clock={nowMs} />
        </div>
        <PagePane places={places} />
      </div>
      {asksSessions.value && (
        <SessionsDialog own={own} onClose={() => (asksSessions.value = false)} onLate={(says) => (late.value = says)} />
      )}
    </>
  );
}
