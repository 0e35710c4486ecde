import { agreed } from '@clbchat/shared/agreed';
import { LOOKED_AT_UNITS_MAX, personalData } from './personalData.ts';

/** Forty words before, sixty animals behind: made up on this device, and nothing like a real name. */
const looks =
  'Blauwe Groene Rode Gele Paarse Oranje Gouden Zilveren Witte Zwarte Roze Bruine Grijze Turkooizen Kleine Grote Stille Vrolijke Dappere Slimme Snelle Trage Zachte Warme Wilde Wijze Lieve Rustige Moedige Nieuwe Oude Jonge Sterke Vrije Blije Bonte Gestreepte Gestipte Dromerige Handige';
const animals =
  'Vos Das Uil Otter Egel Haas Ree Wolf Beer Lynx Merel Mus Mees Reiger Specht Zwaluw Valk Arend Kraai Ekster Eend Zwaan Gans Ooievaar Kikker Pad Hagedis Schildpad Slak Mier Bij Hommel Vlinder Libel Krekel Spin Zalm Forel Snoek Karper Dolfijn Walvis Zeehond Pinguïn Panda Koala Tijger Leeuw Luipaard Zebra Giraf Olifant Kameel Lama Alpaca Ezel Pony Hamster Cavia Eekhoorn';

const pick = (words: string, random: () => number) => {
  const list = words.split(' ');
  return list[Math.floor(random() * list.length)] ?? '';
};

/** @returns another one than `before`, at most 20 characters */
export function suggestNick(before = '', random: () => number = Math.random): string {
  for (;;) {
    const nick = `${pick(looks, random)} ${pick(animals, random)}`;
    if (nick !== before && nick.length <= agreed.nickUnitsMax) return nick;
  }
}

export type NickProblem = 'email' | 'phone' | 'long' | 'capitals';

/** `capitals` is a hint only: more than two words that look like a name. */
export function nickProblem(nick: string): NickProblem | null {
  if (nick.length > LOOKED_AT_UNITS_MAX) return 'long';
  const found = personalData(nick);
  if (found === 'email') return 'email';
  if (found === 'phone') return 'phone';
  if (nick.trim().length > agreed.nickUnitsMax) return 'long';
  return (nick.match(/\p{Lu}\p{L}+/gu) ?? []).length > 2 ? 'capitals' : null; // at most LOOKED_AT_UNITS_MAX
}
