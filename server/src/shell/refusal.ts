/** Why a command did nothing, as one sentence for whoever typed it. It never holds a passphrase or what is kept. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** What the system calls a failure: `ENOSPC`. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown reason';
