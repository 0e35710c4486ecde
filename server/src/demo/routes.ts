import type { FastifyInstance } from 'fastify';
import type { Given } from '../composeStaff.ts';
import { chatPages, consolePages } from '../edge/pages.ts';
import type { DemoIssuer } from './issuer.ts';
import { demoSignIn } from './signIn.http.ts';
import type { Signer } from './signer.ts';

interface Parts {
  /** signs devices of the demonstration's counsellors */
  readonly sign: Signer;
  /** what it signs with for whom Noor enrols */
  readonly issuer: Pick<DemoIssuer, 'sign'>;
  readonly pins: readonly string[];
  /** of everything, as pages name it; known once the port is */
  readonly origin: () => string;
  /** folders that the builds of widget and console wrote */
  readonly widget: string;
  readonly console: string;
}

/** What the demonstration serves beside the relay: its sign-in by one click, and all pages, on one and the same origin. */
export function demoRoutes({ sign, issuer, pins, origin, widget, console }: Parts) {
  return (app: FastifyInstance, { sessions, accounts, origins, mayPost, centre, onEnded }: Given): void => {
    const reach = () => ({ own: origin(), relay: origin() });
    const facts = () => ({ centre: centre().id, demo: true, pins });
    const ancestorsOf = (site: string) =>
      Object.hasOwn(centre().sites, site) ? (centre().sites[site]?.origins ?? null) : null;
    app.register(chatPages, { widget, reach, facts, ancestorsOf });
    app.register(consolePages, { console, reach });
    const shown = () => ({ name: centre().name, slotsMax: centre().rules.slotsMax });
    app.register(demoSignIn, {
      sessions,
      accounts,
      sign,
      signAsked: (asked, by) => issuer.sign(asked, by),
      centre: shown,
      origins,
      mayPost,
      onSignOut: onEnded,
    });
  };
}
