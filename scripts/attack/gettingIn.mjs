/** What somebody may try at the ways in, and at what is only hers. Each `run` says what went wrong, or null. */
import { newKey, sign, signIn, sized, labelled } from './desk.mjs';
import { asOurs, byPasskey, codeOf, givePasskey, givePassword, PASSWORD, passkeyOf } from './ours.mjs';
import { random } from './wire.mjs';

const NAME = 'lien@clb.test';
const UNIFORM = '{"code":"not_yours"}';
const of = (at) => `203.0.${113 + (at >> 8)}.${at & 255}`;
const times = (count, run) => Promise.all(Array.from({ length: count }, (_, at) => run(at)));
const among = (answers, status) => answers.filter((one) => one.status === status).length;
const same = (what, found, wanted) => (found === wanted ? null : `${what}: ${found}, not ${wanted}`);
/** the first of these that says something */
const first = (...wrong) => wrong.find((one) => one !== null) ?? null;
const medianOf = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const types = (target, login, password, how) =>
  asOurs(target, 'POST /api/sign-in/password', { body: { login, password }, ...how });
async function timed(run) {
  const from = performance.now();
  const answer = await run();
  return { ...answer, tookMs: performance.now() - from };
}

async function guesses(target) {
  const lien = await signIn(target, 'lien');
  const passkey = await givePasskey(target, lien);
  await givePassword(target, lien, NAME);
  const answers = [];
  for (let at = 0; at < 40; at += 1) answers.push(await types(target, NAME, `een andere zin ${at}`, { by: of(at) }));
  const looked = among(answers, 403);
  if (looked > 4) return `${looked} passwords of one name were looked at within seconds`;
  const codes = await times(40, () =>
    asOurs(target, 'POST /api/sign-in/code', { body: { code: random(15).slice(0, 20) }, by: of(99) }),
  );
  return first(
    same('told to wait', among(answers, 429), 40 - looked),
    among(codes, 403) > 2 ? `${among(codes, 403)} codes of one address were looked at at once` : null,
    same('a passkey meanwhile', (await byPasskey(target, passkey, { by: of(99) })).status, 200),
  );
}

/** Strangers try her own name from everywhere, and beside it as many passwords wait as may: where she signed in before she gets in. */
async function shutOut(target) {
  const secret = await givePassword(target, await signIn(target, 'lien'), NAME);
  const half = await types(target, NAME, PASSWORD, { by: of(300) });
  const body = { code: codeOf(secret) };
  const whole = await asOurs(target, 'POST /api/sign-in/totp', { body, cookie: half.cookie, by: of(300) });
  const known = whole.cookie?.split('; ').find((one) => one.includes('clb-known'));
  for (let at = 0; at < 12; at += 1) await types(target, NAME, 'een andere zin', { by: of(at) });
  const strangers = times(80, (at) =>
    types(target, `name${at}@clb.test`, 'een andere zin', { by: of(at), ms: 60_000 }),
  );
  const hers = await types(target, NAME, PASSWORD, { by: of(5), cookie: known, ms: 60_000 });
  const made = { cookie: `clb-known=${random(32)}`, ms: 60_000 };
  const guess = await types(target, NAME, 'een andere zin', { by: of(301), ...made });
  const answers = await strangers;
  return first(
    same('the code', whole.status, 200),
    same('her password where she signed in before', hers.status, 200),
    [403, 429].includes(guess.status) ? null : `a stranger with a cookie of his own making: ${guess.status}`,
    same('strangers who got in', among(answers, 200), 0),
  );
}

async function halves(target) {
  const lien = await signIn(target, 'lien');
  const secret = await givePassword(target, lien, NAME);
  const half = await types(target, NAME, PASSWORD);
  const shows = (code, how) =>
    asOurs(target, 'POST /api/sign-in/totp', { body: { code }, cookie: half.cookie, ...how });
  const elsewhere = await shows(codeOf(secret), { cookie: undefined });
  const wrong = await times(12, (at) => shows(String(at).padStart(6, '0')));
  // of those that came together some were not looked at: one at a time each counts
  for (let at = 12; at < 24; at += 1) wrong.push(await shows(String(at).padStart(6, '0')));
  const right = await shows(codeOf(secret));
  return first(
    same('a code in another browser', elsewhere.status, 403),
    same('wrong codes', among(wrong, 403), 24),
    right.status === 403 ? null : `a code after so many wrong ones: ${right.status}`,
  );
}

/** Neither what is answered nor how long it takes tells whether somebody has this name. */
async function names(target) {
  const lien = await signIn(target, 'lien');
  await givePassword(target, lien, NAME);
  const took = { hers: [], nobodys: [] };
  const answers = new Set();
  const shape = ({ status, body, headers }) => JSON.stringify([status, body, Object.keys(headers).toSorted()]);
  for (let at = 0; at < 5; at += 1) {
    for (const [whose, login] of Object.entries({ hers: NAME, nobodys: `nobody${at}@clb.test` })) {
      const by = of(whose === 'hers' ? at : 100 + at);
      let answer = await timed(() => types(target, login, 'een andere zin', { by }));
      while (answer.status === 429) {
        await new Promise((over) => setTimeout(over, answer.said.waitMs));
        answer = await timed(() => types(target, login, 'een andere zin', { by }));
      }
      took[whose].push(answer.tookMs);
      answers.add(shape(answer));
    }
  }
  const codes = [random(15).slice(0, 20), 'none', '0'.repeat(20)];
  for (const [at, code] of codes.entries())
    answers.add(shape(await asOurs(target, 'POST /api/sign-in/code', { body: { code }, by: of(200 + at) })));
  const stranger = passkeyOf(target);
  stranger.make({ user: { id: Buffer.from('lien').toString('base64url') }, challenge: random(32) });
  answers.add(shape(await byPasskey(target, stranger)));
  const nobody = passkeyOf(target);
  nobody.make({ user: { id: Buffer.from('nobody').toString('base64url') }, challenge: random(32) });
  answers.add(shape(await byPasskey(target, nobody)));
  const ratio = medianOf(took.hers) / medianOf(took.nobodys);
  return first(
    answers.size === 1 ? null : `there are ${answers.size} answers: ${[...answers].join(' ')}`,
    ratio > 1 / 3 && ratio < 3 ? null : `the time tells: ${ratio.toFixed(1)} times`,
  );
}

async function challenges(target) {
  const [lien, samir] = [await signIn(target, 'lien'), await signIn(target, 'samir')];
  const [hers, his] = [await givePasskey(target, lien), await givePasskey(target, samir)];
  const begun = await asOurs(target, 'POST /api/sign-in/begin');
  const other = await asOurs(target, 'POST /api/sign-in/begin');
  const shows = (shown, cookie) => asOurs(target, 'POST /api/sign-in/passkey', { body: shown, cookie });
  const crossed = await shows(hers.show(begun.said), other.cookie);
  const shown = hers.show(begun.said);
  const both = await times(5, () => shows(shown, begun.cookie));
  const again = await shows(shown, begun.cookie);
  const anew = await asOurs(target, 'POST /api/sign-in/begin');
  const old = await shows(shown, anew.cookie);
  const stepUp = async (passkey, challenge, { cookie } = lien) => {
    const asked = await asOurs(target, 'POST /api/step-up/begin', { cookie });
    return asOurs(target, 'POST /api/step-up/passkey', { cookie, body: passkey.show(challenge ?? asked.said) });
  };
  const anothers = await stepUp(his);
  const elsewhere = await stepUp(hers, (await asOurs(target, 'POST /api/sign-in/begin')).said);
  const ofHis = await stepUp(hers, (await asOurs(target, 'POST /api/step-up/begin', { cookie: samir.cookie })).said);
  const showing = await asOurs(target, 'POST /api/step-up/begin', { cookie: lien.cookie });
  const asSignIn = await shows(hers.show(showing.said), (await asOurs(target, 'POST /api/sign-in/begin')).cookie);
  return first(
    same('a challenge of another browser', crossed.status, 403),
    same('of five at once got in', among(both, 200), 1),
    same('the same shown again', again.status, 403),
    same('the same for a new challenge', old.status, 403),
    same('another’s passkey at a step-up', anothers.status, 403),
    same('a sign-in’s challenge at a step-up', elsewhere.status, 403),
    same('another’s challenge at a step-up', ofHis.status, 403),
    same('a step-up’s challenge at a sign-in', asSignIn.status, 403),
    same('her own session after all that', (await stepUp(hers)).status, 200),
  );
}

async function codes(target) {
  const lien = await signIn(target, 'lien');
  const made = await asOurs(target, 'POST /api/passkeys/codes', { cookie: lien.cookie });
  const [one, two] = made.said.codes;
  const shows = (code, by) => asOurs(target, 'POST /api/sign-in/code', { body: { code }, by });
  const both = await times(5, (at) => shows(one, of(at)));
  const again = await shows(one, of(10));
  const renewed = await asOurs(target, 'POST /api/passkeys/codes', { cookie: lien.cookie });
  const earlier = await shows(two, of(11));
  const opened = both.find(({ status }) => status === 200);
  const more = await times(2, (at) => shows(renewed.said.codes[at], of(12 + at)));
  const byCode = { cookie: opened?.cookie };
  const doors = ['GET /api/team', 'GET /api/devices', 'POST /api/passkeys/codes', 'POST /api/step-up/begin'];
  const open = (await Promise.all(doors.map((door) => asOurs(target, door, byCode)))).filter((one) => one.status < 400);
  return first(
    same('of five at once got in', among(both, 200), 1),
    same('the same code again', again.status, 403),
    same('a code of before', earlier.status, 403),
    same('new codes', among(more, 200), 2),
    same('doors open to who came by a code', open.length, 0),
  );
}

/** One-time addresses: guessed, used twice and at once, withdrawn, of somebody who is no coordinator any more. */
async function addresses(target) {
  const noor = await signIn(target, 'noor');
  const invite = () =>
    asOurs(target, 'POST /api/team/invite', { cookie: noor.cookie, body: { roles: ['counsellor'], name: 'Els' } });
  const look = (token, how) => asOurs(target, 'POST /api/begin/look', { body: { token }, ...how });
  const { token } = (await invite()).said;
  const guessed = await times(50, (at) => look(random(32), { by: of(at) }));
  const near = await look(`${token.slice(0, 42)}${token.endsWith('A') ? 'E' : 'A'}`);
  const finish = async (name, at) => {
    const passkey = passkeyOf(target);
    const how = { by: of(100 + at) };
    const begun = await asOurs(target, 'POST /api/begin/passkey', { body: { token, name }, ...how });
    const body = { token, name, passkeys: [passkey.make(begun.said)], codes: true };
    return asOurs(target, 'POST /api/begin/finish', { body, ...how });
  };
  const both = await times(5, (at) => finish(`Els ${at}`, at));
  const after = [await look(token), await asOurs(target, 'POST /api/begin/passkey', { body: { token, name: 'Els' } })];
  const many = await times(40, invite);
  const team = await asOurs(target, 'GET /api/team', { cookie: noor.cookie });
  const standing = team.said.invitations;
  const withdrawn = many.find(({ status }) => status === 200)?.said;
  const ids = standing.map(({ id }) => id);
  for (const id of ids) await asOurs(target, 'POST /api/team/withdraw', { cookie: noor.cookie, body: { id } });
  const said = new Set([...guessed, near, await look(token), await look(withdrawn.token)].map(({ body }) => body));
  return first(
    same('guesses that open something', 51 - among([...guessed, near], 404), 0),
    same('of five at once made an account', among(both, 200), 1),
    same('of the others', among(both, 404), 4),
    same('the address afterwards', among(after, 404), 2),
    same('people in the team', team.said.people.length, 4),
    standing.length > 20 ? `${standing.length} invitations stand at once` : null,
    same('answers of an address that opens nothing', said.size, 1),
  );
}

/** Computers that ask, with keys of their own and of others. */
async function enrolment(target) {
  const [lien, samir] = [await signIn(target, 'lien'), await signIn(target, 'samir')];
  const asks = async (who, { key, pub }, { binding, account } = who) => {
    const facts = Buffer.concat([pub, account, binding].map(sized));
    const proof = await sign(key, labelled('holder device', facts));
    return asOurs(target, 'POST /api/devices/ask', { cookie: who.cookie, body: { pub, proof } });
  };
  const one = await newKey();
  const asked = await asks(lien, one);
  const known = asked.said?.asks?.length;
  const keys = await times(12, newKey);
  const flood = await Promise.all(keys.map((key) => asks(lien, key)));
  const { said } = await asOurs(target, 'GET /api/devices', { cookie: lien.cookie });
  await asks(lien, one); // hers made room in the flood
  const replayed = await asks(samir, one, lien);
  const taken = await asks(samir, one);
  const foreign = await asks(lien, { ...keys[0], key: keys[1].key });
  const room = await asks(samir, await newKey());
  return first(
    same('a computer that asks', known, 1),
    said.asks.length > 3 ? `${said.asks.length} computers of one person wait at once` : null,
    // of one person one is written at a time, and some wait for that; the others are told to come again
    same('of a flood taken, or told to come again', among(flood, 200) + among(flood, 429), 12),
    among(flood, 200) < 9 ? `of a flood ${among(flood, 200)} were taken` : null,
    same('a proof for another’s session', replayed.status, 400),
    same('a computer of another', taken.status, 409),
    same('a key that she has not', foreign.status, 400),
    same('another’s own computer', room.status, 200),
  );
}

/** Chains and lists that no issuer of hers signed. */
async function foreignPapers(target) {
  const [noor, lien] = [await signIn(target, 'noor'), await signIn(target, 'lien')];
  const asNoor = (route, body) => asOurs(target, route, { cookie: noor.cookie, body });
  const parts = lien.chain.split('.');
  const chains = [lien.chain, noor.chain, [...parts.slice(0, -1), random(64)].join('.'), parts.slice(2).join('.')];
  chains.push(
    '.'.repeat(5),
    random(64),
    `${parts[0]}.${random(200)}.${random(64)}.${random(65)}`,
    lien.chain.repeat(3),
  );
  const refused = [];
  for (const chain of chains)
    for (const route of ['POST /api/devices/sign', 'POST /api/devices/renew'])
      refused.push(await asNoor(route, { chain }));
  const proof = `${random(63)}AA`;
  for (const statement of chains) refused.push(await asNoor('POST /api/issuers', { statement, proof }));
  const odd = refused.filter(({ status }) => ![400, 404, 409].includes(status));
  const before = await asOurs(target, 'GET /api/sites/signed');
  const ofLien = await asOurs(target, 'PUT /api/centre/sites', {
    cookie: lien.cookie,
    body: { rev: 1, sites: {}, signed: lien.chain },
  });
  const late = await asNoor('PUT /api/centre/sites', { rev: 0, sites: {}, signed: lien.chain });
  const after = await asOurs(target, 'GET /api/sites/signed');
  const devices = await asNoor('GET /api/devices/all');
  // the demonstration's own signer is on record as Noor's
  const others = devices.said.issuers.filter(({ account }) => account !== 'noor');
  return first(
    odd.length === 0 ? null : `papers of others: ${odd[0].status} ${odd[0].body.slice(0, 80)}`,
    same('a list of sites by a counsellor', ofLien.status, 403),
    late.status >= 400 && late.status < 500 ? null : `a list that nobody saw: ${late.status}`,
    same('the signed list afterwards', after.body, before.body),
    same('issuers on record', others.length, 0),
  );
}

async function plantedCookies(target) {
  const lien = await signIn(target, 'lien');
  // by the name that it has here: over plain http the demonstration's is without `__Host-` [O34]
  const [name, value] = lien.cookie.split('=');
  const isHosts = name.startsWith('__Host-');
  const planted = [`${lien.cookie}; ${lien.cookie}`, `${name}=${'x'.repeat(43)}; ${lien.cookie}`];
  planted.push(
    `${isHosts ? name.toLowerCase() : name.toUpperCase()}=${value}`,
    `${name}="${value}"`,
    `${isHosts ? 'clb' : '__Host-clb'}=${value}`,
    `__Secure-clb=${value}`,
    `${name} =${value}`,
  );
  planted.push(`${name}-begun=${value}`, `${name}-sent=${value}`, `${name}=${value}x`, `; ;=;${'a=b; '.repeat(500)}`);
  const asked = await Promise.all(planted.map((cookie) => asOurs(target, 'GET /api/sessions', { cookie })));
  const begun = await asOurs(target, 'POST /api/sign-in/begin');
  const passkey = await givePasskey(target, lien);
  const cookie = `${(await asOurs(target, 'POST /api/sign-in/begin')).cookie}; ${begun.cookie}`;
  const two = await asOurs(target, 'POST /api/sign-in/passkey', { body: passkey.show(begun.said), cookie });
  const set = (await byPasskey(target, passkey)).headers['set-cookie'].join();
  const wanted = ['HttpOnly', 'SameSite=Strict', 'Path=/', ...(isHosts ? ['Secure'] : [])];
  const missing = wanted.filter((word) => !set.includes(word));
  return first(
    same('cookies that let in', planted.length - among(asked, 401), 0),
    same('two cookies of a sign-in', two.status, 403),
    missing.length === 0 && !/domain/i.test(set) ? null : `its cookie: ${set}`,
  );
}

async function providers(target) {
  const finish = (body, cookie) => asOurs(target, 'POST /api/provider/finish', { body, cookie });
  const begun = await asOurs(target, 'POST /api/provider/begin');
  const body = { code: random(20), state: random(32) };
  const passkey = await asOurs(target, 'POST /api/sign-in/begin');
  const sent = `clb-sent=${passkey.cookie.split('=')[1]}`; // what a sign-in by passkey began is none of a provider
  const answers = [await finish(body), await finish(body, `clb-sent=${random(32)}`), await finish(body, sent)];
  return first(
    same('a provider that nobody hears', begun.status, 503),
    same('answers that nobody sent for', answers.filter((one) => one.status === 403 && one.body === UNIFORM).length, 3),
  );
}

const hops = { TRUSTED_HOPS: '1' };

/** @type {import('./attacks.mjs').Attack[]} */
export const gettingInAttacks = [
  { name: 'passwords and codes that are guessed', key: true, env: hops, run: guesses },
  { name: 'strangers who try her own name', key: true, env: hops, slow: true, run: shutOut },
  { name: 'codes of an app that are guessed', key: true, run: halves },
  { name: 'names that are looked for', key: true, env: hops, slow: true, run: names },
  { name: 'a passkey’s answer that is shown again', run: challenges },
  { name: 'recovery codes that are used twice', env: hops, run: codes },
  { name: 'one-time addresses guessed, and used twice', env: hops, run: addresses },
  { name: 'computers that ask without an end, and of others', run: enrolment },
  { name: 'chains and lists of sites that others signed', run: foreignPapers },
  { name: 'cookies that another host planted', run: plantedCookies },
  { name: 'what no provider sent back', only: 'redis', provider: true, run: providers },
];
