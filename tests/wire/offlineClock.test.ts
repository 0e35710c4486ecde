import {
  answerRequest,
  askIssuer,
  readRequest,
  requestTime,
  takeAnswer,
} from '@clbchat/shared/statement/issuerRequest';
import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { at, codeOf, makeCentreKeys, posts, startCentre, type CentreKeys } from '../support/centreKeys.ts';
import type { TestService } from '../support/service.ts';

let centre: CentreKeys;
beforeAll(async () => void (centre = await makeCentreKeys()));
let service: TestService;
afterEach(() => service.stop());

const MINUTE_MS = 60_000;

test.each([-720, -60, 0, 5, 60, 720])(
  '[O35 O36] what a computer without a network signed is taken where its clock is right to the day: off by %i minutes',
  async (minutes) => {
    service = await startCentre(centre, { demo: true });
    const noor = await at(service, 'noor');
    const askedMs = service.clock.nowMs();
    const asked = await askIssuer(await makeSigningPair(), 'CLB Voorbeeld', askedMs);
    const request = (await readRequest(asked.request))!;
    const thereMs = askedMs + (2 + minutes) * MINUTE_MS;
    expect(requestTime(request, thereMs)).toBeNull();
    const { answer } = await answerRequest(centre.root, request, thereMs);
    service.clock.advance(4 * MINUTE_MS); // on its way there and back
    const issuer = await takeAnswer(asked, answer);
    if (typeof issuer === 'string') throw new Error(issuer);
    expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  },
);
