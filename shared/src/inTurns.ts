/**
 * So many of a list, so that no kind of thing takes the places of all others: each kind has its turn, its first one first.
 *
 * @param rankOf of two that have the same turn the lower one goes before the other @returns those chosen, in the order of the list
 */
export function inTurns<One extends { readonly act: string }>(
  list: readonly One[],
  most: number,
  rankOf: (one: One) => number = () => 0,
): One[] {
  const counts = new Map<string, number>();
  const turns = list.map((one, at) => {
    const turn = counts.get(one.act) ?? 0;
    counts.set(one.act, turn + 1);
    return { one, at, turn, rank: rankOf(one) };
  });
  const chosen = turns.toSorted((a, b) => a.turn - b.turn || a.rank - b.rank || a.at - b.at).slice(0, most);
  return chosen.toSorted((a, b) => a.at - b.at).map(({ one }) => one);
}
