import type { Role } from '@clbchat/shared/ids';

/**
 * A sentence, or one for a pupil and one for a parent. `{name}` is filled in; `*bold*` and `[112]`, a number to
 * call, are for `Rich`.
 */
type Entry = string | { readonly pupil: string; readonly parent: string };
export type Dictionary = Readonly<Record<string, Entry>>;

type Slots<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never;
type TextOf<Given> = Given extends { pupil: infer Pupil; parent: infer Parent } ? Pupil | Parent : Given;
/** Of several sentences: what any of them wants. */
type Fill<Given> = { readonly [Name in Slots<TextOf<Given>>]: string | number } & ([Given] extends [string]
  ? unknown
  : { readonly role: Role });
/** Nothing to fill in, nothing to give. */
type Rest<Given> = keyof Fill<Given> extends never ? [] : [fill: Fill<Given>];

export type Translate<Words extends Dictionary> = <Key extends keyof Words & string>(
  key: Key,
  ...fill: Rest<Words[Key]>
) => string;

/** @returns the one way to a sentence: a wrong key, a forgotten name or a forgotten role does not compile */
export const speak =
  <const Words extends Dictionary>(words: Words): Translate<Words> =>
  (key, ...rest) => {
    const fill: Readonly<Record<string, string | number>> = rest[0] ?? {};
    const entry: Entry = words[key] ?? key;
    const text = typeof entry === 'string' ? entry : entry[fill['role'] === 'parent' ? 'parent' : 'pupil'];
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(fill[name] ?? whole)); // ours: words of the dictionary
  };
