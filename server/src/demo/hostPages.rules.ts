import { STYLE } from './hostStyle.rules.ts';

interface Place {
  readonly chat: string;
  readonly site: string;
  readonly pins: readonly string[];
}

/** As the tag and the address spell them. */
const keyOf = (pins: readonly string[]) => pins.join('.');

/** A mark for the row of tabs, inside the page: the page asks for no picture. */
const mark = (letter: string, colour: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${colour}"/><text x="16" y="23" font-family="sans-serif" font-weight="700" font-size="20" text-anchor="middle" fill="#fff">${letter}</text></svg>`,
  )}`;

const document = (title: string, icon: string, head: string, body: string) => `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${icon}">
<style>${STYLE}</style>
${head}
</head>
<body>
${body}
</body>
</html>
`;

const links = (here: string, names: readonly string[], to: string) =>
  `<ul>${names.map((name) => `<li><a href="${to}"${name === here ? ' aria-current="page"' : ''}>${name}</a></li>`).join('')}</ul>`;

const crest = `<svg width="44" height="50" viewBox="0 0 44 50" aria-hidden="true"><path d="M3 3h38v24c0 11-8 17-19 21C11 44 3 38 3 27Z" fill="#1b5e45"/><circle cx="22" cy="18" r="10" fill="#e0a526"/><path d="M22 16v21M22 28l-6-5M22 24l6-5" stroke="#fff" stroke-width="2.5" stroke-linecap="round" fill="none"/></svg>`;
const hill = `<svg viewBox="0 0 1200 260" preserveAspectRatio="xMidYMax slice" aria-hidden="true"><circle cx="980" cy="62" r="38" fill="#ffd873"/><path d="M0 180Q260 90 560 160T1200 120V260H0Z" fill="#9cc9a4"/><path d="M0 216Q340 140 700 206T1200 186V260H0Z" fill="#6fae85"/><path d="M640 206v-42h150v42Z" fill="#f3e6cf"/><path d="M630 166l85-40 85 40Z" fill="#b4553f"/><path d="M664 180h18v26h-18ZM706 180h18v26h-18ZM748 180h18v26h-18Z" fill="#7fa6b8"/><path d="M276 214c4-26 4-44 0-66" stroke="#6b4a2f" stroke-width="12" fill="none" stroke-linecap="round"/><path d="M276 36c34 0 60 24 60 54s-24 62-60 62-60-32-60-62 26-54 60-54Z" fill="#3f8a5c"/><path d="M250 66c18-14 44-10 56 8" stroke="#63a97c" stroke-width="8" fill="none" stroke-linecap="round"/></svg>`;
const arrow = `<svg width="56" height="56" viewBox="0 0 56 56" aria-hidden="true"><path d="M8 10c4 22 18 34 38 36M34 34l13 12-16 5" fill="none" stroke="#a66f00" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

const news = [
  [
    '20 november',
    'Opendeurdag op zaterdag 6 februari',
    'Kom kijken in onze klassen en praat met leerlingen van elke graad.',
  ],
  ['17 november', 'Boekenbeurs in de refter', 'De leerlingen van het vierde lezen voor. Ook grootouders zijn welkom.'],
  ['12 november', 'Warme truiendag', 'De verwarming gaat een graad lager. Trek iets dik aan!'],
];
const people = [
  ['Mevrouw Claes, eerste graad', 'maandag en donderdag', 'lokaal B12'],
  ['Meneer Aziz, tweede en derde graad', 'elke middag', 'lokaal B14'],
  ['Het CLB op school', 'dinsdag tussen 12 en 13 uur', 'naast het secretariaat'],
];

/** A school's own page with the three lines of the loader. Everything put in here is ours: addresses, ids, hashes. */
export const schoolPage = ({ chat, site, pins, integrity }: Place & { integrity: string | null }): string =>
  document(
    'Leerlingbegeleiding - Atheneum De Linde',
    mark('L', '#1b5e45'),
    `<script async src="${chat}/v1/loader.js"${integrity ? ` integrity="${integrity}"` : ''} crossorigin="anonymous"
  referrerpolicy="no-referrer" data-site="${site}" data-key="${keyOf(pins)}"></script>`,
    `<header class="top"><div class="wide"><p class="school">${crest}<span>Atheneum De Linde<small>Lindestraat, Zonnedorp</small></span></p>
<nav aria-label="Hoofdmenu">${links('Leerlingbegeleiding', ['Start', 'Kalender', 'Leerlingbegeleiding', 'Contact'], '/')}</nav></div></header>
<main>
<div class="hill">${hill}</div>
<div class="wide title"><div>
<h1>Zit je ergens mee? Je staat er niet alleen voor.</h1>
<p>De lessen gaan te snel, er is ruzie thuis, je slaapt slecht of je weet niet welke richting je wil volgen. Praat erover met
je klastitularis, met onze leerlingbegeleiders of met iemand van het CLB.</p>
</div></div>
<section class="wide part"><h2>Wie vind je waar?</h2>
<ul class="cards">${people.map(([who, when, where]) => `<li class="card"><dl><dt>${who}</dt><dd>${when}</dd><dd>${where}</dd></dl></li>`).join('')}</ul></section>
<section class="wide"><div class="card type"><div><h2>Liever typen dan praten?</h2>
<p>Ons CLB heeft een anonieme chat. Je hoeft je naam niet te geven en de school leest niet mee. De knop staat hier rechtsonder.</p></div>${arrow}</div></section>
<section class="part"><div class="wide"><h2>Nieuws van de school</h2>
<ul class="cards">${news.map(([date, title, text]) => `<li class="card"><time>${date}</time><h3>${title}</h3><p>${text}</p></li>`).join('')}</ul></div></section>
</main>
<footer><div class="wide">Dit is een voorbeeldpagina: de school bestaat niet. Bij gevaar bel je 112.</div></footer>`,
  );

const platform = `<svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true"><rect width="28" height="28" rx="7" fill="#e8631c"/><path d="M8 10h12M8 14h12M8 18h7" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>`;

/** A platform that lets no script in: a plain link in a window of its own, and a plain frame. */
export const smartschoolPage = ({ chat, site, pins }: Place): string =>
  document(
    'Intradesk - Leerlingbegeleiding',
    mark('P', '#c4500f'),
    '',
    `<header class="bar"><b>${platform}Schoolplatform</b><nav aria-label="Hoofdmenu">${links('Intradesk', ['Start', 'Berichten', 'Intradesk'], '/smartschool')}</nav><span>Noor Peeters · 3A</span></header>
<div class="desk">
<aside><nav aria-label="Modules"><p>Mijn vakken</p>${links('', ['Aardrijkskunde', 'Frans', 'Nederlands', 'Wiskunde'], '/smartschool')}
<p>Intradesk</p>${links('Leerlingbegeleiding', ['Schoolreglement', 'Leerlingbegeleiding', 'Menu van de week'], '/smartschool')}</nav></aside>
<main>
<h1>Chatten met het CLB</h1>
<p>Een medewerker van het CLB luistert. Je hoeft je naam niet te geven.</p>
<section class="card"><h2>In een eigen venster</h2>
<p><a href="${chat}/w/#k=${keyOf(pins)}" target="_blank" rel="noopener noreferrer">Open de chat van het CLB</a></p></section>
<section class="card"><h2>Op deze pagina</h2>
<iframe src="${chat}/w/${site}/#k=${keyOf(pins)}" title="Chat van het CLB" referrerpolicy="no-referrer" allow=""
  sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe></section>
<p class="foot">Dit is een voorbeeldpagina. Bij gevaar bel je 112. Ze laat geen scripts toe; de chat werkt er langs een link en in een frame.</p>
</main>
</div>`,
  );
