import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Of the file that `RECORDS_KEY_FILE` names. */
export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MARK_BYTES = 16;

/** What is made of the key beside the records, so that whoever reads these alone can try no password and make no code. */
export interface Secrets {
  /** What is hashed in the place of a password. Base64url. */
  peppered(password: string): string;
  /** @param of whom it is: a seed that is moved to another account opens there as nothing */
  seal(plain: Uint8Array, of: string): string;
  /** What only this key makes of these bytes and a text. 16 bytes. */
  mark(bytes: Uint8Array, text: string): Buffer;
  /** Null for what another key sealed, or for somebody else. */
  open(sealed: string, of: string): Uint8Array | null;
}

export function secretsOf(key: Uint8Array): Secrets {
  const made = (what: string) => Buffer.from(hkdfSync('sha256', key, '', `clbchat/1 ${what}`, KEY_BYTES));
  const [pepper, seal, known] = [made('password pepper'), made('totp seed'), made('known browser')];
  return {
    peppered: (password) => createHmac('sha256', pepper).update(password.normalize('NFC')).digest('base64url'),
    mark: (bytes, text) => createHmac('sha256', known).update(bytes).update(text).digest().subarray(0, MARK_BYTES),
    seal(plain, of) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', seal, iv).setAAD(Buffer.from(of));
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed, of) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length <= IV_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv('aes-256-gcm', seal, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(of)).setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch {
        return null;
      }
    },
  };
}
