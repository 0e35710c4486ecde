import { newMid } from '@clbchat/shared/ids';
import { cryptoDouble, isDouble, type CryptoDouble } from './cryptoDouble.ts';
import type { Draws } from './draws.ts';

/** This process, for as long as one run has it: nothing in it happens by itself, or by chance that is not the seed's. */
export interface Alone {
  /** Waits until nothing is under way. */
  settled(): Promise<void>;
  /** null where WebCrypto is the platform's */
  readonly crypto: CryptoDouble | null;
  /** Gives everything back. */
  leave(): void;
}

const realSoon = globalThis.setImmediate;
const realSubtle = globalThis.crypto.subtle;
const turn = () => new Promise<void>((resolve) => realSoon(resolve));

type Method = (...args: unknown[]) => Promise<unknown>;

/** The library of HPKE keeps one key of zeros for good, and may have it from a double. */
const realKey = (one: unknown): unknown =>
  isDouble(one) ? realSubtle.importKey('raw', Buffer.from(one.bytes, 'hex'), one.algorithm, false, ['sign']) : one;

/**
 * @param wrong hears what the double of WebCrypto finds wrong
 * @param platform WebCrypto as it is: it ends in the order of a pool of threads, so such a run is like no other
 */
export function alone(draws: Draws, wrong: (what: string) => void, platform = false): Alone {
  const soon: (() => void)[] = [];
  let underWay = 0;
  const double = platform ? null : cryptoDouble(draws('keys'), wrong);
  const counted = new Proxy(realSubtle, {
    get: (subtle, name) => {
      const method = Reflect.get(subtle, name) as Method | undefined;
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        underWay += 1;
        return Promise.all(args.map(realKey))
          .then((real) => Reflect.apply(method, subtle, real) as Promise<unknown>)
          .finally(() => (underWay -= 1));
      };
    },
  });
  const random = draws('random numbers');
  let drew = 0;
  const gives = [
    replaces(globalThis, 'setImmediate', (run: () => void, ...args: unknown[]) => {
      soon.push(() => void Reflect.apply(run, undefined, args));
    }),
    replaces(Math, 'random', () => random.number()),
    replaces(globalThis.crypto, 'subtle', double?.subtle ?? counted),
    replaces(globalThis.crypto, 'getRandomValues', <T extends Uint8Array>(into: T): T => {
      draws(`${into.length} random bytes`).bytes(into); // a pool of names that is filled moves no key
      drew += 1;
      return into;
    }),
  ];
  // what a run before left in that pool goes first, or names of this one would come twice: it draws as that one did
  while (drew === 0) newMid();
  return {
    crypto: double,
    async settled() {
      for (;;) {
        await turn(); // every promise that can go on has gone on
        while (underWay > 0) await turn();
        if (soon.length === 0) return;
        for (const run of soon.splice(0)) run();
      }
    },
    leave: () => gives.forEach((give) => give()),
  };
}

/** @returns how to give it back */
function replaces(of: object, name: string, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(of, name);
  Object.defineProperty(of, name, { configurable: true, writable: true, value });
  return () => {
    if (own) Object.defineProperty(of, name, own);
    else Reflect.deleteProperty(of, name);
  };
}
