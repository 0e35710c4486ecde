import { signal } from '@preact/signals';
import { createElement, type ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../words/nl.ts';
import type { Closed } from './Closed.tsx';
import type { Hidden } from './Hidden.tsx';
import type { Breathe } from './room/Breathe.tsx';
import type { How } from './room/How.tsx';

export interface AsideParts {
  readonly Closed: typeof Closed;
  readonly Hidden: typeof Hidden;
  readonly Breathe: typeof Breathe;
  readonly How: typeof How;
}

const AGAIN_MS = 5_000;

/** null while nobody asked for them, or while they are on their way */
export const aside = signal<AsideParts | null>(null);
let wanted = false;
let fetchAside: (() => Promise<{ parts: AsideParts }>) | null = null;

const bring = (): void =>
  void fetchAside?.().then(
    ({ parts }) => void (aside.value = parts),
    () => void setTimeout(bring, AGAIN_MS),
  );

/** Brings in what is seldom seen. It keeps trying: the connection may be what is missing. */
function bringAside(): void {
  if (wanted || aside.peek()) return;
  wanted = true;
  bring();
}

/** @param fetch stands in the first script, so that what both need stays in the first chunk */
export function asideFrom(fetch: NonNullable<typeof fetchAside>): void {
  fetchAside = fetch;
  if (wanted) bring();
}

type PropsOf<Part> = Part extends ComponentType<infer Props> ? Props : never;

/**
 * The part of this name, fetched when it is first shown. Nothing may be one that must show without a connection, or
 * without which a conversation cannot go on: after a new release the old chunk is gone.
 */
export function fromAside<Name extends keyof AsideParts>(name: Name): ComponentType<PropsOf<AsideParts[Name]>> {
  return function FromAside(props) {
    useEffect(bringAside, []);
    const part = aside.value?.[name] as ComponentType<PropsOf<AsideParts[Name]>> | undefined;
    return part ? createElement(part, props) : <p class="loading">{t('loading')}</p>;
  };
}
