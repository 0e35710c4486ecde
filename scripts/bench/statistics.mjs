/** What a row of a table is made of. */
import { median } from './median.mjs';

export const quantile = (numbers, part) => {
  const sorted = Float64Array.from(numbers).sort();
  return sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
};
/** The median of what `of` finds in each, and from where to where it went. */
export function spread(all, of) {
  const found = all.map(of).filter((one) => Number.isFinite(one));
  if (found.length === 0) return null;
  return { median: median(found), from: Math.min(...found), to: Math.max(...found) };
}
export const digits = (number, count = 2) => (number === null ? '–' : Number(number).toFixed(count));
export const shown = (found, count = 2) =>
  found ? `${digits(found.median, count)} (${digits(found.from, count)}–${digits(found.to, count)})` : '–';
