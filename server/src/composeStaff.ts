import { randomInt } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AccountId } from '@clbchat/shared/ids';
import type { DeskHours } from '@clbchat/shared/protocol/counsellor';
import type { Limits } from '@clbchat/shared/limits';
import type { FastifyInstance } from 'fastify';
import type { AccountsStore } from './accounts/accounts.store.ts';
import { beginning } from './accounts/beginning.http.ts';
import { credentialsOf } from './accounts/credentials.store.ts';
import type { AsksStore } from './accounts/asks.store.ts';
import { devicesHttp } from './accounts/devices.http.ts';
import type { DevicesStore } from './accounts/devices.store.ts';
import { HASHES_AT_ONCE } from './accounts/hashing.thread.ts';
import type { IssuersStore } from './accounts/issuers.store.ts';
import { identitiesOf } from './accounts/identities.store.ts';
import { passkeySignIn } from './accounts/passkeys.http.ts';
import { provider } from './accounts/provider.http.ts';
import { ownSessions } from './accounts/sessions.http.ts';
import type { Session } from './accounts/session.rules.ts';
import type { Sessions, Staff } from './accounts/sessions.store.ts';
import { ownPassword } from './accounts/ownPassword.http.ts';
import { passwordSignIn } from './accounts/passwords.http.ts';
import { passwordsOf } from './accounts/passwords.store.ts';
import { questionsOf } from './accounts/questions.store.ts';
import type { Secrets } from './accounts/secrets.rules.ts';
import { stepUp } from './accounts/stepUp.http.ts';
import { teamHttp } from './accounts/team.http.ts';
import { teamOf } from './accounts/team.store.ts';
import { tokensOf } from './accounts/tokens.store.ts';
import type { CentreSettings } from './centre/centre.rules.ts';
import { answersHttp } from './centre/answers.http.ts';
import { answersOf } from './centre/answers.store.ts';
import { centreOf, orNew } from './centre/centre.store.ts';
import { doorHttp } from './centre/door.http.ts';
import type { Standing } from './centre/standing.store.ts';
import { settingsHttp } from './centre/settings.http.ts';
import { sitesHttp } from './centre/sites.http.ts';
import { figuresHttp } from './figures/figures.http.ts';
import { figuresOf } from './figures/figures.store.ts';
import { fewAtOnce, oneEach } from './kernel/fewAtOnce.ts';
import type { OpenId } from './edge/openId.ts';
import type { StaffNeeds } from './edge/staff.ts';
import type { Timers } from './edge/timers.ts';
import { addressTries } from './edge/addressTries.ts';
import type { Forgetful } from './edge/rate.ts';
import { signInTries } from './edge/signInTries.ts';
import type { Clock } from './kernel/clock.ts';
import { auditHttp } from './records/audit.http.ts';
import { readEntry } from './records/audit.rules.ts';
import type { RecordsStore } from './records/records.store.ts';
import { type Roots } from './presence/presence.socket.ts';
import type { LiveStore } from './store.memory.ts';

/** What staff's doors are made of. */
export interface StaffParts {
  readonly live: Pick<LiveStore, 'pending' | 'presence'>;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: Limits;
  readonly centre: Standing;
  readonly sessions: Sessions;
  readonly devices: DevicesStore;
  readonly asks: AsksStore;
  readonly issuers: IssuersStore;
  readonly accounts: Pick<AccountsStore, 'get' | 'list' | 'hasCoordinator'>;
  readonly records: RecordsStore;
  readonly roots: Roots;
  /** routes that only this way of serving has */
  readonly beside?: (app: FastifyInstance, given: Given) => void;
  /** whether somebody may get in by passkey, code or one-time address: without it none of their routes exists */
  readonly passkeys: boolean;
  /** what passwords are looked at with; without it nobody has one */
  readonly secrets?: Secrets | null;
  /** with whose accounts somebody may get in as well, where `passkeys` are; without it none of its routes exists */
  readonly openId?: OpenId | null;
  /** of the console, as pages name it; known once the port is */
  readonly origin: () => string;
  /** of the chat, where that and the console are hosts of their own beside this one; without it both are this one */
  readonly chat?: () => string;
}

/** What `beside` may build on. */
export interface Given extends StaffNeeds<Staff> {
  readonly sessions: Sessions;
  readonly accounts: Pick<AccountsStore, 'get' | 'list'>;
  readonly centre: () => CentreSettings;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

/** What the rest of the service hands to staff's doors. */
interface Around extends Omit<StaffNeeds<Staff>, 'sessions'> {
  readonly centre: () => CentreSettings;
  /** what desks are told of the opening */
  readonly deskHours: () => DeskHours;
  /** what a request's address is known by */
  readonly tagOf: (request: IncomingMessage) => string;
  /** takes what remembers somebody by a tag, so that it forgets in time */
  readonly forgets: (what: Forgetful) => void;
  readonly onEnded: (session: Session) => void;
}

/** The doors of who works here: in, out, her own, and what coordinators may change. */
export function composeStaff(app: FastifyInstance, parts: StaffParts, around: Around): void {
  const { sessions, accounts, devices, asks, issuers, records, roots, beside, passkeys, secrets, openId } = parts;
  const { clock, timers, limits, origin, chat } = parts;
  const { pending, presence } = parts.live;
  const { centre, deskHours, origins, mayPost, tagOf, forgets, onEnded } = around;
  const nowMs = () => clock.nowMs();
  const settings = orNew(centreOf(records, centre().id, nowMs), centre().id);
  const nameOf = async (id: string) => (await accounts.get(id as AccountId))?.name ?? null;
  app.register(auditHttp, { sessions, origins, mayPost, records, nameOf, limits });
  const figures = figuresOf(records, nowMs, limits);
  const timezone = () => centre().schedule.timezone;
  app.register(figuresHttp, { sessions, origins, mayPost, figures, timezone, limits });
  const { steppedUp } = sessions;
  // rows go with their ends; the list of sites stays, and the log a year [O51]
  const everSigned = async () =>
    (await settings.signedSites()) !== null ||
    (await records.audit()).entries.some((text) => readEntry(text)?.act === 'issuer_made');
  const enrolling = { accounts, asks, devices, issuers, everSigned, pins: roots.pins, holds: presence.holds };
  app.register(devicesHttp, { sessions, origins, mayPost, ...enrolling, steppedUp, nowMs, limits });
  app.register(settingsHttp, { sessions, origins, mayPost, store: settings, nameOf, steppedUp, nowMs, limits });
  app.register(doorHttp, { sessions, origins, mayPost, store: settings, standing: parts.centre, hours: deskHours });
  const sites = { store: settings, nameOf, roots, issuers, chat: chat ?? origin, steppedUp, nowMs, limits };
  app.register(sitesHttp, { sessions, origins, mayPost, ...sites });
  const answers = answersOf(records, nowMs);
  app.register(answersHttp, { sessions, origins, mayPost, store: answers, nameOf, limits });
  const team = teamOf({ records, accounts, nowMs, limits });
  app.register(teamHttp, { sessions, origins, mayPost, team, records, steppedUp, nameOf, limits });
  beside?.(app, { sessions, accounts, origins, mayPost, centre, onEnded });
  if (passkeys) {
    const wrongCodes = addressTries({ firstMs: limits.wrongWaitMs, mostMs: limits.wrongWaitMsMax }, nowMs);
    const needs = { sessions, credentials: credentialsOf({ records, nowMs, limits }), nowMs, limits, origins, mayPost };
    const questions = questionsOf({ pending, nowMs, limits });
    forgets(wrongCodes);
    const signingIn = { accounts, questions, tagOf, wrongCodes, onEnded };
    app.register(passkeySignIn, { ...needs, ...signingIn, origin });
    app.register(stepUp, { ...needs, passwords: Boolean(secrets), questions, origin });
    if (secrets) {
      const hashes = fewAtOnce({ atOnce: HASHES_AT_ONCE, queueMax: limits.hashesWaitingMax, lot: randomInt });
      const byPassword = {
        passwords: passwordsOf({ records, nowMs }),
        secrets,
        hashes,
        ownHashes: oneEach(),
        pending,
        accounts,
      };
      const tries = signInTries(limits, nowMs);
      forgets(tries);
      app.register(passwordSignIn, { ...needs, ...signingIn, ...byPassword, tries, timers });
      app.register(ownPassword, { ...needs, ...byPassword });
    }
    const tokens = tokensOf({ records, accounts, nowMs, limits });
    app.register(beginning, { ...needs, tokens, onEnded, origin });
    if (openId) {
      const identities = identitiesOf(records, nowMs);
      const byProvider = { openId, identities, accounts, questions, tagOf, steppedUp, onEnded };
      app.register(provider, { ...needs, ...byProvider, origin });
    }
  }
  app.register(ownSessions, { sessions, origins, mayPost, onEnded });
}
