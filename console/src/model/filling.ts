import { agreed } from '@clbchat/shared/agreed';
import { answers as words } from '../words/answers.ts';

/** What stands for somebody in a text that was written beforehand, and what is still to be filled in: `{dag}`. */
const PLACE = /\{\p{L}[\p{L}\p{N} -]{0,30}\}/u; // at most textUnitsMax

export interface Place {
  readonly from: number;
  readonly to: number;
  readonly says: string;
}

/** The first place that nobody filled in yet; null where a text has none. What is too long for a message is refused for that. */
export function placeIn(text: string): Place | null {
  const found = PLACE.exec(text.slice(0, agreed.textUnitsMax));
  return found && { from: found.index, to: found.index + found[0].length, says: found[0] };
}

interface Known {
  /** '' of who chose no name; null while it may still come */
  readonly nick: string | null;
  /** the counsellor's, as visitors read it */
  readonly name: string | null;
}

/** A text with the places filled in that are known. Of who has no name the place goes, with the space before it. */
export function filledIn(text: string, { nick, name }: Known): string {
  const named = name === null ? text : text.replaceAll(words.places.name, () => name);
  if (nick === null) return named;
  const { nick: place } = words.places;
  if (nick !== '') return named.replaceAll(place, () => nick);
  return named.replaceAll(`, ${place}`, '').replaceAll(` ${place}`, '').replaceAll(place, '');
}
