/** How records are laid out now. Every change of it raises the number, adds a step below, and a file to tests/redis/versions. */
export const VERSION = 5;

interface WrittenRow {
  readonly kind: string;
  readonly id: string;
  readonly text: string;
}

interface Step {
  /** names of plain keys, after the centre's tag and a colon, that the step reads, and that are gone afterwards */
  readonly reads: readonly string[];
  /** what is written instead; a value is null where there was no such key */
  readonly rows: (values: readonly (string | null)[]) => WrittenRow[];
}

/** From the version that is the key to the next one. */
export const steps: Readonly<Record<number, Step>> = {
  // one document of settings was all that there was
  1: {
    reads: ['settings'],
    rows: ([settings]) => (settings ? [{ kind: 'settings', id: 'centre', text: withoutOldRules(settings) }] : []),
  },
  // what people sign in with, one-time addresses, and closing at once: a release that knows none of them would leave them
  // out of an export without a word
  2: { reads: [], rows: () => [] },
  // computers with their certificates, those that ask for one, and issuers: the same
  3: { reads: [], rows: () => [] },
  // how many came, by the week: the same
  4: { reads: [], rows: () => [] },
};

/** Two rules of then are no choice of a centre any more, and a document with them would be refused. */
function withoutOldRules(text: string): string {
  const { rules, ...rest } = JSON.parse(text) as { rules: Record<string, unknown> };
  const { lengthRemindMin: _reminders, typingMs: _typing, ...kept } = rules;
  return JSON.stringify({ ...rest, rules: kept });
}
