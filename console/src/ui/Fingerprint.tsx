/** Eight groups of five digits, as two people compare them aloud [O6]. */
export const Fingerprint = ({ label, groups }: { label: string; groups: readonly string[] }) => (
  <ol class="fingerprint" aria-label={label}>
    {groups.map((group, at) => (
      <li key={at}>{group}</li>
    ))}
  </ol>
);
