import { subOf, type Frame, type Packet, type World } from './world.ts';

/** What is wrong with this step, rule by rule. Rules are those of SPEC.md. */
export function wrong(before: World, now: World): string[] {
  const left = (at: 'fromV' | 'fromC'): readonly Packet[] => {
    const known = new Set(before[at]);
    return now[at].filter((packet) => !known.has(packet));
  };
  return [
    ...oneOffer(now),
    ...oneKey(before, now),
    ...taps(before, now),
    ...question(before, now),
    ...[...left('fromV'), ...left('fromC')].flatMap((packet) =>
      packet.k === 'append' ? frame(now, packet.frame) : [],
    ),
    ...opens(before, now),
    ...shown(now),
  ];
}

const placeOf = ({ truth }: World, key: string): string =>
  truth.sealed.find((each) => each.key === key)?.keyOffer.split(':')[1] ?? '';
const double = (all: readonly unknown[]) => new Set(all).size < all.length;

function oneOffer({ truth }: World): string[] {
  const epochs = truth.offers.map((keyOffer) => keyOffer.split(':')[0]);
  return double(epochs) ? [`[K1] two key offers for one epoch: ${truth.offers.join(' ')}`] : [];
}

function oneKey(before: World, { truth }: World): string[] {
  if (truth.sealed === before.truth.sealed) return [];
  return truth.sealed.slice(before.truth.sealed.length).flatMap(({ epoch, key, keyOffer }) => {
    const earlier = truth.sealed.slice(0, before.truth.sealed.length);
    const same = earlier.find((each) => each.epoch === epoch);
    if (same) return same.key === key && same.keyOffer === keyOffer ? [] : [`[K1] sealed epoch ${epoch} twice`];
    return earlier.some((each) => each.epoch > epoch) ? [`[K1] sealed epoch ${epoch} after a higher one`] : [];
  });
}

function taps(before: World, now: World): string[] {
  if (now.truth.sealed === before.truth.sealed) return [];
  const last = before.truth.sealed.at(-1);
  const next = now.truth.sealed.at(-1);
  if (!last || !next || last.epoch === next.epoch) return [];
  const [was, is] = [last, next].map(({ keyOffer }) => subOf(keyOffer.split(':')[1]!));
  return was === is || before.truth.tap?.sub === is ? [] : [`[K2] sealed to ${is} after ${was} without a tap`];
}

/** A question of a person has no clock, and an answer counts for that person by name [W14]. */
function question(before: World, now: World): string[] {
  const [was, is] = [before.v.s.phase, now.v.s.phase];
  const about = is.is === 'asking' && is.about === 'person' ? is.offer.sub : '';
  const asked = was.is === 'asking' && was.about === 'person' ? was.offer.sub : '';
  const { tap } = now.truth;
  if (about !== '' && asked === '' && tap?.sub === about && tap.page === now.v.page)
    return [`[W14] ${about} is asked about again after an answer`];
  const gone = asked !== '' && is.is === 'free' && tap === before.truth.tap;
  const owed = now.v.s.word?.unanswered === true && now.v.page === before.v.page;
  return gone && owed ? [`[W14] the question about ${asked} went away without an answer`] : [];
}

function frame(now: World, { side, key, k, person, keys }: Frame): string[] {
  const place = placeOf(now, key);
  if (k === 'keys') {
    const strangers = keys.filter(
      ([, old]) => ![place, ''].includes(placeOf(now, old)) && !now.truth.allowed.includes(place),
    );
    return strangers.length > 0 ? [`[K5] ${place} is given epoch ${strangers[0]![0]} of another without a tap`] : [];
  }
  if (k !== 'text' || side === 'c' || person === subOf(place)) return [];
  return [`[C5] text for ${person} leaves to ${place}`];
}

/** A side opens for text: what that rests on is in place. */
function opens(before: World, now: World): string[] {
  return [...visitorOpens(before, now), ...counsellorOpens(before, now)];
}

const newlyOpen = (was: World['v']['talk'] | undefined, is: World['v']['talk']) =>
  is.gate === 'open' && (was?.gate !== 'open' || was.epoch !== is.epoch);

function visitorOpens(before: World, { v, vDisk, truth }: World): string[] {
  const { epoch } = v.talk;
  if (!newlyOpen(before.v.talk, v.talk)) return [];
  const key = v.ring[epoch] ?? '';
  const faults: string[] = [];
  if (!truth.opened.includes(key))
    faults.push(`[K3] the visitor writes in epoch ${epoch} before its confirm was opened`);
  if (vDisk.ring[epoch] !== key) faults.push(`[K3] the visitor writes in epoch ${epoch}, whose key is not on its disk`);
  if (vDisk.rid !== v.share || !truth.shares.includes(v.share))
    faults.push(`[K3] the visitor writes in epoch ${epoch} under a share that the service does not have`);
  return faults;
}

function counsellorOpens(before: World, { c, truth }: World): string[] {
  if (!c || !newlyOpen(before.c?.talk, c.talk)) return [];
  const { epoch } = c.talk;
  const key = c.ring[epoch] ?? '';
  const faults: string[] = [];
  if (!truth.confirms.includes(key)) faults.push(`[K3] the counsellor writes in epoch ${epoch} before its confirm`);
  if (!truth.kept.includes(`${c.place} ${c.share} ${key}`))
    faults.push(`[K3] the counsellor writes in epoch ${epoch}, whose key was not kept`);
  if (!truth.shares.includes(c.share))
    faults.push(`[K3] the counsellor writes in epoch ${epoch} under a share that the service does not have`);
  return faults;
}

function shown({ v, c }: World): string[] {
  return double(v.talk.shown) || double(c?.talk.shown ?? []) ? ['[C4] one text is shown twice'] : [];
}

/** Both talk in one epoch and have what the other wrote; or it has ended. */
export function well({ v, c, store }: World): boolean {
  if (store.stage === 'ended') return true;
  const [mine, hers] = [v.s.phase, c?.s.phase];
  if (store.stage !== 'talking' || mine.is !== 'talking' || !c || hers?.is !== 'talking') return false;
  const { epoch } = store;
  if (mine.epoch !== epoch || hers.epoch !== epoch || v.ring[epoch] !== c.ring[epoch]) return false;
  if (v.talk.gate !== 'open' || c.talk.gate !== 'open') return false;
  const arrived = (from: typeof v.talk, to: typeof v.talk, side: 'v' | 'c') =>
    from.letters.every(({ k, mid }) => k === 'text' && to.shown.includes(`${side}-${mid}`));
  return arrived(v.talk, c.talk, 'v') && arrived(c.talk, v.talk, 'c');
}
