import type { Frame, Letter, Packet, Ring, Talk } from './world.ts';

/** What client/talk does for the machines, in as few words as they need: letters out in order, frames in once. */
export interface Side {
  readonly side: 'v' | 'c';
  readonly talk: Talk;
  readonly page: number;
  ring(): Ring;
  unlocked(): boolean;
  send(packet: Packet): void;
  /** writes what waits */
  keep(): void;
  confirmed(epoch: number): void;
  /** a frame of the other side that could be read */
  read(frame: Frame): void;
  keys(): Frame['keys'];
}

const isText = ({ k }: Letter) => k === 'text';

export function open(of: Side, epoch: number, gate: Talk['gate']): void {
  const { talk } = of;
  if (epoch !== talk.epoch) {
    Object.assign(talk, { epoch, n: 0, flight: null, flying: false, letters: talk.letters.filter(isText) });
  }
  talk.gate = gate;
  pump(of);
}

export function pause({ talk }: Side): void {
  talk.gate = 'closed';
}

export function add(of: Side, letter: Letter): void {
  const { letters, flight } = of.talk;
  const at = letters.findIndex((each) => isText(each) && each.mid !== flight?.mid);
  of.talk.letters =
    isText(letter) || at < 0 ? [...letters, letter] : [...letters.slice(0, at), letter, ...letters.slice(at)];
  pump(of);
}

/** Sends what is due, again when it is still in flight without an answer to come. */
function pump(of: Side): void {
  const { talk, side } = of;
  if (talk.gate === 'closed' || talk.flying) return;
  const letter = talk.letters.find((each) => each.storedIn !== talk.epoch && (talk.gate === 'open' || !isText(each)));
  const key = of.ring()[talk.epoch];
  if (!talk.flight && (!letter || !key)) return;
  if (!talk.flight && letter && key) {
    const { k, mid, person } = letter;
    const id = `${side}${of.page}/${talk.epoch}/${talk.n}`;
    talk.n += 1;
    talk.flight = { id, side, epoch: talk.epoch, key, k, mid, person, keys: k === 'keys' ? of.keys() : [] };
    talk.taken = [...talk.taken, id];
  }
  talk.flying = true;
  of.send({ k: 'append', frame: talk.flight! });
}

export function landed(of: Side, frame: Frame, ok: boolean): void {
  const { talk } = of;
  if (talk.flight?.id !== frame.id) return;
  talk.flying = false;
  if (!ok) return; // waits for the next look at the store
  talk.flight = null;
  talk.own = [...talk.own, frame];
  talk.newest = frame.id;
  const sent = talk.letters.find(
    ({ k, mid, of: epoch }) => k === frame.k && mid === frame.mid && (k !== 'confirm' || epoch === frame.epoch),
  );
  if (sent && isText(sent))
    talk.letters = talk.letters.map((each) => (each === sent ? { ...each, storedIn: frame.epoch } : each));
  else talk.letters = talk.letters.filter((each) => each !== sent);
  if (frame.k === 'confirm') of.confirmed(frame.epoch);
  if (frame.k === 'keys') of.read(frame);
  pump(of);
}

/** Texts are for this person from now on; those for somebody else go back. */
export function person({ talk, keep }: Side, next: string): void {
  const mine = talk.letters.map((each) => (isText(each) && each.person === '' ? { ...each, person: next } : each));
  talk.letters = mine.filter((each) => !isText(each) || each.person === next);
  if (talk.flight?.k === 'text' && talk.flight.person !== next) Object.assign(talk, { flight: null, flying: false });
  keep();
}

/** @param impatient takes it before what was kept is open: there is no key for it then, and it counts as read */
export function take(of: Side, frame: Frame, impatient = false): void {
  const { talk, side } = of;
  if (!of.unlocked() && !impatient) {
    talk.early = [...talk.early, frame];
    return;
  }
  talk.newest = frame.id;
  if (talk.taken.includes(frame.id)) return;
  talk.taken = [...talk.taken, frame.id];
  if (of.ring()[frame.epoch] !== frame.key) return;
  if (frame.side === side) {
    talk.own = [...talk.own, frame];
    if (frame.k === 'text')
      talk.letters = talk.letters.map((each) =>
        each.mid === frame.mid ? { ...each, storedIn: Math.max(each.storedIn, frame.epoch) } : each,
      );
  }
  if (frame.k === 'text' && !talk.shown.includes(`${frame.side}-${frame.mid}`))
    talk.shown = [...talk.shown, `${frame.side}-${frame.mid}`];
  if (frame.k === 'confirm') of.confirmed(frame.epoch);
  if (frame.side !== side) of.read(frame);
}

/** The whole log: what is new in it, and, where it lacks frames that were there, this side's own given back. */
export function readAll(of: Side, log: readonly Frame[], withheld: string): void {
  const { talk } = of;
  const there = new Set([withheld, ...log.map(({ id }) => id)]);
  talk.diverged ||= talk.newest !== '' && !there.has(talk.newest);
  talk.newest = '';
  for (const frame of log) take(of, frame);
  const missing = talk.own.filter(({ id }) => !there.has(id) && id !== talk.flight?.id);
  if (talk.diverged && missing.length > 0) of.send({ k: 'restore', frames: missing });
  pump(of);
}
