type Listed = Readonly<Record<string, { readonly origins: readonly string[] }>>;

/** Whether a signed list says what somebody wants to save, name or no name. What is wanted has not been looked at yet. */
export function sameSites(signed: Listed, wanted: object): boolean {
  const plain = (all: object) =>
    JSON.stringify(
      Object.entries(all)
        .map(([id, one]: [string, unknown]) => [id, Object(one) as Partial<Listed[string]>] as const)
        .map(([id, { origins }]) => [id, origins])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  return plain(signed) === plain(wanted);
}
