import type { Facts } from '../frame/facts.ts';

const USUAL_MIN = 45;

/** How long a chat lasts at most, as visitors are told. */
export const lengthToldMin = (facts: Facts): number => (facts.is === 'known' ? facts.centre.lengthToldMin : USUAL_MIN);
