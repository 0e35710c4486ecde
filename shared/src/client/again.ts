/**
 * The request behind every hint: one at a time, and once more when something was heard meanwhile.
 *
 * @returns asks; resolves when nobody wants to know any more, rejects when `ask` does
 */
export function createAgain(ask: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let wanted = false;
  const run = async () => {
    try {
      while (wanted) {
        wanted = false;
        await ask();
      }
    } finally {
      running = null;
    }
  };
  return () => {
    wanted = true;
    return (running ??= run());
  };
}
