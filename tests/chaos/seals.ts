import { fromUtf8 } from '@clbchat/shared/bytes';
import { textIn } from '../simulate/world.ts';

/** What lies in the frames that the browsers of this process sealed: it is only known where they are sealed. */
export interface Seals {
  /** the text of a message; null where it is none */
  textOf(sealed: Uint8Array): string | null;
  leave(): void;
}

const keyOf = (sealed: Uint8Array) =>
  Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength).toString('base64');

/** From now on until `leave`. WebCrypto does what it always does. */
export function listenToSeals(): Seals {
  const { subtle } = globalThis.crypto;
  const texts = new Map<string, string>();
  const own = Object.getOwnPropertyDescriptor(globalThis.crypto, 'subtle');
  const encrypt: SubtleCrypto['encrypt'] = async (algorithm, key, data) => {
    const sealed = await subtle.encrypt(algorithm, key, data);
    const bytes = data instanceof Uint8Array ? data : null;
    const said = bytes && fromUtf8(bytes.subarray(2, 2 + bytes[0]! * 256 + bytes[1]!)); // frames begin with the length of what they hold
    const text = said?.includes('"k":"text"') ? textIn(said) : null;
    if (text !== null) texts.set(keyOf(new Uint8Array(sealed)), text);
    return sealed;
  };
  const listening = new Proxy(subtle, {
    get(of, name) {
      if (name === 'encrypt') return encrypt;
      const value = Reflect.get(of, name) as unknown;
      return typeof value === 'function' ? (value.bind(of) as unknown) : value;
    },
  });
  Object.defineProperty(globalThis.crypto, 'subtle', { configurable: true, value: listening });
  return {
    textOf: (sealed) => texts.get(keyOf(sealed)) ?? null,
    leave() {
      if (own) Object.defineProperty(globalThis.crypto, 'subtle', own);
      else Reflect.deleteProperty(globalThis.crypto, 'subtle');
    },
  };
}
