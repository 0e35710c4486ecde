/**
 * Shapes of what comes sealed or signed: a check, and the type that it proves. A visitor downloads each word of it, so
 * it has just the words that are used there; what the service is asked is for valibot, with the same words (wire.ts).
 */
export type Shape<Value> = (value: unknown) => value is Value;
export type ValueOf<Of> = Of extends Shape<infer Value> ? Value : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Optional<Of extends Fields> = { [Name in keyof Of]: undefined extends ValueOf<Of[Name]> ? Name : never }[keyof Of];
type Holds<Of extends Fields> = { [Name in Exclude<keyof Of, Optional<Of>>]: ValueOf<Of[Name]> } & {
  [Name in Optional<Of>]?: Exclude<ValueOf<Of[Name]>, undefined>;
};

const ANYTHING = /(?:)/;

/** A string of at most this many UTF-16 units, with this look. */
export const text =
  (unitsMax: number, look = ANYTHING): Shape<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length <= unitsMax && look.test(value);

/** 0, 1, 2 and so on. */
export const whole =
  (max = Infinity): Shape<number> =>
  (value): value is number =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;

/** base64url of at most this many characters, at least one. */
export const opaque = (charsMax: number) => text(charsMax, /^[\w-]+$/);
/** base64url of exactly this many bytes. */
export const bytes = (count: number) => {
  const chars = Math.ceil((count * 4) / 3);
  return text(chars, new RegExp(`^[\\w-]{${chars}}$`));
};

export const oneOf =
  <const Names extends readonly string[]>(...names: Names): Shape<Names[number]> =>
  (value): value is Names[number] =>
    names.includes(value as string);

export const list =
  <Value>(of: Shape<Value>, max: number): Shape<Value[]> =>
  (value): value is Value[] =>
    Array.isArray(value) && value.length <= max && value.every(of);

export const pair =
  <One, Other>(one: Shape<One>, other: Shape<Other>): Shape<[One, Other]> =>
  (value): value is [One, Other] =>
    Array.isArray(value) && value.length === 2 && one(value[0]) && other(value[1]);

/** A field that may be missing. */
export const maybe =
  <Value>(of: Shape<Value>): Shape<Value | undefined> =>
  (value): value is Value | undefined =>
    value === undefined || of(value);

/** Names and values of one kind each. */
export const table =
  <Value>(name: Shape<string>, of: Shape<Value>): Shape<Record<string, Value>> =>
  (value): value is Record<string, Value> =>
    isObject(value) && Object.entries(value).every(([key, each]) => name(key) && of(each));

/** These fields and no others. */
export const fields =
  <Of extends Fields>(shapes: Of): Shape<Holds<Of>> =>
  (value): value is Holds<Of> =>
    isObject(value) &&
    Object.keys(value).every((name) => Object.hasOwn(shapes, name)) &&
    Object.entries(shapes).every(([name, of]) => of(value[name]));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
