import type { KnownCentre } from '../frame/facts.ts';

const USUAL_MIN = 45;

/** How long a chat lasts at most, as visitors are told. */
export const lengthToldMin = (centre: KnownCentre | null): number => centre?.lengthToldMin ?? USUAL_MIN;
