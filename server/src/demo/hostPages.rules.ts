/** The only style on both pages; its hash stands in their policies. */
export const STYLE = `
body { margin: 0; font: 16px/1.55 Georgia, 'Times New Roman', serif; color: #22303c; background: #f6f4ef; }
header { background: #27496d; color: #fff; padding: 1.2rem 1.5rem; }
header p { margin: 0; font-size: 1.4rem; }
nav { background: #1d3754; padding: .5rem 1.5rem; font-family: Arial, sans-serif; font-size: .9rem; }
nav a { color: #fff; margin-right: 1.4rem; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; }
td, th { border-bottom: 1px solid #d8d2c4; padding: .35rem 1rem .35rem 0; text-align: left; }
iframe { width: 100%; height: 640px; border: 1px solid #c9c2b2; background: #fff; }
footer { max-width: 46rem; margin: 0 auto; padding: 1.5rem; font-size: .85rem; color: #5a6570; }
`;

interface Place {
  readonly chat: string;
  readonly site: string;
  readonly pins: readonly string[];
}

/** As the tag and the address spell them. */
const keyOf = (pins: readonly string[]) => pins.join('.');

const document = (title: string, head: string, body: string) => `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
${head}
</head>
<body>
${body}
</body>
</html>
`;

/** A school's own page with the three lines of the loader. Everything put in here is ours: addresses, ids, hashes. */
export const schoolPage = ({ chat, site, pins, integrity }: Place & { integrity: string | null }): string =>
  document(
    'Leerlingbegeleiding - Basisschool en Atheneum De Linde',
    `<script async src="${chat}/v1/loader.js"${integrity ? ` integrity="${integrity}"` : ''} crossorigin="anonymous"
  referrerpolicy="no-referrer" data-site="${site}" data-key="${keyOf(pins)}"></script>`,
    `<header><p>Atheneum De Linde</p></header>
<nav><a href="/">Start</a><a href="/">Kalender</a><a href="/">Leerlingbegeleiding</a><a href="/">Contact</a></nav>
<main>
<h1>Zit je ergens mee? Je staat er niet alleen voor.</h1>
<p>Soms loopt het moeilijk: de lessen gaan te snel, er is ruzie thuis, je slaapt slecht of je weet niet welke richting je
wilt volgen. Praat erover met je klastitularis, met onze leerlingbegeleiders of met iemand van het CLB.</p>
<h2>Wie vind je waar?</h2>
<table>
<tr><th>Wie</th><th>Wanneer</th><th>Waar</th></tr>
<tr><td>Mevrouw Claes, eerste graad</td><td>maandag en donderdag</td><td>lokaal B12</td></tr>
<tr><td>Meneer Aziz, tweede en derde graad</td><td>elke middag</td><td>lokaal B14</td></tr>
<tr><td>Het CLB op school</td><td>dinsdag tussen 12 en 13 uur</td><td>naast het secretariaat</td></tr>
</table>
<h2>Liever typen dan praten?</h2>
<p>Ons CLB heeft een anonieme chat. Je hoeft je naam niet te geven en de school leest niet mee. De knop staat op deze pagina.</p>
</main>
<footer>Dit is een voorbeeldpagina: de school bestaat niet. Bij gevaar bel je 112.</footer>`,
  );

/** A platform that lets no script in: a plain link in a window of its own, and a plain frame. */
export const smartschoolPage = ({ chat, site, pins }: Place): string =>
  document(
    'Intradesk - Leerlingbegeleiding',
    '',
    `<header><p>Schoolplatform</p></header>
<nav><a href="/smartschool">Berichten</a><a href="/smartschool">Intradesk</a><a href="/smartschool">Vakken</a></nav>
<main>
<h1>Chatten met het CLB</h1>
<p>Op deze pagina mogen geen scripts draaien. De chat werkt er toch, op twee manieren.</p>
<h2>In een eigen venster</h2>
<p><a href="${chat}/w/#k=${keyOf(pins)}" target="_blank" rel="noopener noreferrer">Open de chat van het CLB</a></p>
<h2>Op deze pagina</h2>
<iframe src="${chat}/w/${site}/#k=${keyOf(pins)}" title="Chat van het CLB" referrerpolicy="no-referrer" allow=""
  sandbox="allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"></iframe>
</main>
<footer>Dit is een voorbeeldpagina. Bij gevaar bel je 112.</footer>`,
  );
