/** What was seen of each row in each column; a row of which nothing was seen says so. */
export function createTable(rows: readonly string[], columns: readonly string[]) {
  const cells = new Map<string, string[]>();
  const key = (row: string, column: string) => `${row} ${column}`;
  const cell = (row: string, column: string) => (cells.get(key(row, column)) ?? ['not run']).join(', ');
  return {
    add(row: string, column: string, step: string) {
      cells.set(key(row, column), [...(cells.get(key(row, column)) ?? []), step]);
    },
    lines(): string[] {
      const all = [['', ...columns], ...rows.map((row) => [row, ...columns.map((column) => cell(row, column))])];
      const widths = ['', ...columns].map((_, at) => Math.max(...all.map((line) => (line[at] ?? '').length)));
      return all.map((line) =>
        line
          .map((text, at) => text.padEnd(widths[at] ?? 0))
          .join(' | ')
          .trimEnd(),
      );
    },
  };
}
