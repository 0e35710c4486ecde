/**
 * All that a school's page ever shows of the chat, and what its console tells the webmaster. Each a constant of its own: what runs
 * in a page has the sentence where it is said, and no name for it.
 */
export const open = 'Chat met het CLB';
export const anonymous = 'Anoniem · nu open';
export const busy = 'Anoniem · nu erg druk';
export const closed = 'Nu dicht';
export const opens = (when: string) => `Nu dicht · open ${when} uur`;
export const newTab = 'Open de chat in een nieuw tabblad';
export const nothing = 'Zie je hier geen chat?';
export const close = 'Sluit';
export const panel = 'CLBCh@t';
export const frame = 'CLBCh@t: chat met het CLB';
export const incomplete = 'data-site of data-key ontbreekt';
export const unknown = 'onbekende data-site';
export const policy = 'frame-src verbiedt de chat';
export const sandbox = 'de pagina staat in een sandbox';
export const silent = 'het kader blijft stil: mag deze pagina het tonen?';
export const unwanted = 'de knop blijft weg: haal ook de tag weg';
export const threw = 'enkel een link lukt';
