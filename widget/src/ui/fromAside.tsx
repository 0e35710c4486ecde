import { signal } from '@preact/signals-core';
import { createElement, type ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../words/nl.ts';
import type { parts } from './aside/parts.ts';

export type AsideParts = typeof parts;
type Screens = Omit<AsideParts, 'barWords' | 'chime' | 'Linked' | 'noticeWords' | 'Notes'>;

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

/** Brings in what stands on no way to a conversation. It keeps trying: the connection may be what is missing. */
export function bringAside(): void {
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
 * The part of this name, fetched when it is first shown, or as soon as a conversation runs: then all that may follow
 * is here, whatever becomes of the connection or of the release it came from. Nothing may be one of them that must
 * show without a connection before that.
 */
export function fromAside<Name extends keyof Screens>(name: Name): ComponentType<PropsOf<Screens[Name]>> {
  return function FromAside(props) {
    useEffect(bringAside, []);
    const part = aside.value?.[name] as ComponentType<PropsOf<Screens[Name]>> | undefined;
    return part ? createElement(part, props) : <p class="loading">{t('loading')}</p>;
  };
}
