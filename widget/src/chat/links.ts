export type Part = { is: 'text'; text: string } | { is: 'link'; url: string };

const ADDRESS = /https:\/\/[^\s<>"']+/g; // at most textUnitsMax

/** The host that a person reads is the one that opens: nobody's name before it, and no letter that only looks like one. */
function isPlain(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const written = /^https:\/\/([^/?#]*)/.exec(url)?.[1]; // at most textUnitsMax
  return written !== '' && written?.toLowerCase() === new URL(url).host;
}

/** Splits a counsellor's message into text and addresses: https only, shown in full, closing marks left outside. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const url = match[0].replace(/[).,;:!?\]]+$/, ''); // at most textUnitsMax; linear enough: 2,000 marks are four million steps at most
    if (!isPlain(url)) continue;
    if (match.index > from) parts.push({ is: 'text', text: text.slice(from, match.index) });
    parts.push({ is: 'link', url });
    from = match.index + url.length;
  }
  if (from < text.length) parts.push({ is: 'text', text: text.slice(from) });
  return parts;
}
