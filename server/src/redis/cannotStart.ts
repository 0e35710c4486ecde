/** Why the service does not start, as one sentence for whoever started it. It never holds a password. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
