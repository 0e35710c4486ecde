import { Decrypter, Encrypter } from 'age-encryption';
import { Refusal } from './refusal.ts';

/** Base-2 logarithm of what scrypt does for one try at the passphrase: about a second, and 256 MiB. */
const WORK_FACTOR = 18;

/** What every file of the age format begins with. */
const BEGINNING = Buffer.from('age-encryption.org/v1\n');

/** A text as a file of the age format, which nobody opens or changes without the passphrase. */
export function seal(text: string, passphrase: string, workFactor = WORK_FACTOR): Promise<Uint8Array> {
  const age = new Encrypter();
  age.setPassphrase(passphrase);
  age.setScryptWorkFactor(workFactor);
  return age.encrypt(text);
}

/**
 * The whole text, or nothing of it: what was changed or cut anywhere does not open.
 *
 * @param name of the file, for the sentence
 * @throws Refusal
 */
export async function unseal(bytes: Uint8Array, passphrase: string, name: string): Promise<string> {
  if (!BEGINNING.equals(bytes.subarray(0, BEGINNING.length))) throw new Refusal(`${name} is no export of clbchat.`);
  const age = new Decrypter();
  age.addPassphrase(passphrase);
  const opened = await age.decrypt(bytes).catch((cause: unknown) => {
    // which of the two it is cannot be told: a changed header looks like another passphrase
    const why = 'the passphrase is another one, or the file was changed or is not whole';
    throw new Refusal(`${name} does not open: ${why}.`, { cause });
  });
  return new TextDecoder().decode(opened);
}
