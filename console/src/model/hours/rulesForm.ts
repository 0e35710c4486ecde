import type { Bounds, Rules } from './settings.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

type Unit = 'min' | 's' | 'none';

/** A rule that is a number, as people say it. The rest of the machinery (leases, keys) is nobody's choice here. */
export interface NumberField {
  readonly name: string;
  readonly unit: Unit;
  /** of one unit in what is stored */
  readonly size: number;
}

const field = (name: string, unit: Unit, size: number): NumberField => ({ name, unit, size });

/** In the order in which they matter. */
export const firstFields: readonly NumberField[] = [
  field('lastEntryMs', 'min', MINUTE_MS),
  field('lengthToldMin', 'min', 1),
  field('slotsDefault', 'none', 1),
  field('slotsMax', 'none', 1),
  field('drainAfterMs', 'min', MINUTE_MS),
];
export const moreFields: readonly NumberField[] = [
  field('offerRingMs', 's', SECOND_MS),
  field('offerMissesMax', 'none', 1),
  field('waitingMax', 'none', 1),
  field('fullEstimateMs', 'min', MINUTE_MS),
  field('idleAskMs', 'min', MINUTE_MS),
  field('silenceMs', 'min', MINUTE_MS),
  field('lengthMaxMs', 'min', MINUTE_MS),
  field('talkingKeepMs', 'min', MINUTE_MS),
];
export const allFields: readonly NumberField[] = [...firstFields, ...moreFields];

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** In the field's own unit. */
export const rangeOf = ({ name, size }: NumberField, { bounds }: Pick<Bounds, 'bounds'>): Range => {
  const [from, to] = bounds[name] ?? [0, 0];
  return { from: Math.ceil(from / size), to: Math.floor(to / size) };
};

export const shownOf = ({ name, size }: NumberField, rules: Rules): string => {
  const value = rules[name];
  return typeof value === 'number' ? String(value / size) : '';
};

const DIGITS_MAX = 6;

/** @returns what is stored, or null for what is no whole number within the range */
export function storedOf(field_: NumberField, text: string, range: Range): number | null {
  const said = text.trim();
  if (said === '' || said.length > DIGITS_MAX) return null;
  const value = Number(said);
  return Number.isInteger(value) && value >= range.from && value <= range.to ? value * field_.size : null;
}

/** The rule that this one may not be above, where it is. */
export function brokenOrder(rules: Rules, { orders }: Pick<Bounds, 'orders'>): readonly [string, string] | null {
  return (
    orders.find(([low, high]) => {
      const [below, above] = [rules[low], rules[high]];
      return typeof below === 'number' && typeof above === 'number' && below > above;
    }) ?? null
  );
}
