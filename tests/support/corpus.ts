/** What somebody may write to make the other side's browser do something. `shown` is what may stand there instead. */
export interface Payload {
  readonly raw: string;
  readonly shown: string;
}

const asWritten = (raw: string): Payload => ({ raw, shown: raw });

const run = 'alert(document.domain)';
/** A host that does not exist: nothing may ask for it. */
const spy = 'https://spion.invalid';
const script = `<script>${run}</script>`;

const markup = [
  script,
  `<scr${script}ipt>${run}</scr${script}ipt>`,
  `<ScRiPt src=//spion.invalid/x.js></sCrIpT>`,
  `<img src=x onerror=${run}>`,
  `<img src="${spy}/p.gif" srcset="${spy}/q.gif 2x">`,
  `<svg onload=${run}><animate onbegin=${run} attributeName=x dur=1s></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${run}>#x"/></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<iframe srcdoc="<img src=x onerror=parent.${run}>"></iframe>`,
  `<iframe src="javascript:${run}"></iframe>`,
  `<object data="data:text/html,${script}"></object><embed src="data:image/svg+xml,<svg onload=${run}>">`,
  `<style>@import "${spy}/a.css"; * { display: none }</style>`,
  `<link rel=stylesheet href=${spy}/a.css><link rel=prefetch href=${spy}/b>`,
  `<meta http-equiv=refresh content="0;url=${spy}/">`,
  `<base href=${spy}/><a href=x>hier</a>`,
  `<form action=${spy}/><button autofocus onfocus=${run}>ok</button>`,
  `<input autofocus onfocus=${run}><details open ontoggle=${run}><summary>meer</summary></details>`,
  `<body onpageshow=${run}><video><source onerror=${run}></video><audio src=x onerror=${run}>`,
  `<template><img src=x onerror=${run}></template><slot name=x></slot>`,
  `<a href="javascript:${run}">klik</a> <a href="${spy}" ping="${spy}/ping">daar</a>`,
  `</textarea>${script}`,
  `</span></div></li></ol></main><img src=x onerror=${run}>`,
  `</title></style></noscript>${script}`,
  `<!--><img src=x onerror=${run}>--><![CDATA[<img src=x onerror=${run}>]]>`,
];

const addresses = [
  `javascript:${run}`,
  `JaVaScRiPt\u00a0:${run}`,
  `java&#10;script:${run} javascript&colon;${run}`,
  `data:text/html,${script}`,
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1) file:///etc/passwd blob:null/1 view-source:https:',
  'http://spion.invalid/ //spion.invalid/ \\\\spion.invalid\\x',
];

const templates = [
  `{{constructor.constructor('${run}')()}} {{{${run}}}} {% ${run} %}`,
  `\${${run}} #{${run}} <%= ${run} %> [[${run}]] v-html="${run}" ng-init="${run}"`,
  `&lt;img src=x onerror=${run}&gt; &#60;svg onload=${run}&#x3e; &amp;lt;b&amp;gt;`,
  `\\u003cimg src=x onerror=${run}\\u003e \\x3cb\\x3e \\74b\\76 +ADw-b+AD4-`,
  `%3Cimg%20src%3Dx%20onerror%3D${run}%3E`,
  `'"><img src=x onerror=${run}>`,
  `" autofocus onfocus=${run} x="`,
  `';${run};// */${run}/* \`;${run};\``,
  `{"__proto__":{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=${run}>"}},"type":"script"}`,
  `color:red;background:url(javascript:${run});width:expression(${run});-moz-binding:url(//spion.invalid)`,
  `＜img src=x onerror=${run}＞ ‹svg/onload=${run}›`,
];

/** Made harmless before it leaves, and again where it arrives. */
const made: Payload[] = [
  { raw: '\u202egpj.exe\u202c dag', shown: 'gpj.exe dag' },
  { raw: 'naar \u2067rechts\u2069 en \u200f\u200eterug\u061c', shown: 'naar rechts en terug' },
  { raw: 'ge\u200bh\u2060e\u00adim\ufeff woord', shown: 'geheim woord' },
  { raw: `toren ${'o\u0336'.concat('\u0336'.repeat(1_000))} einde`, shown: `toren o${'\u0336'.repeat(8)} einde` },
  { raw: 'v\u{e0041}lag\u{e0042} en \u0007bel\u001b[31m', shown: 'vlag en bel[31m' },
  { raw: `boven${'\n'.repeat(400)}onder`, shown: 'boven\n\n\nonder' },
  { raw: `ﷺ${'꧅'.repeat(300)}`, shown: `ﷺ${'꧅'.repeat(300)}` },
  { raw: '👩‍👩‍👧‍👦'.repeat(150), shown: '👩‍👩‍👧‍👦'.repeat(150) },
];

/** Each is sent as a message of its own, by both sides. */
export const corpus: readonly Payload[] = [...[...markup, ...addresses, ...templates].map(asWritten), ...made];

/** Only a counsellor's addresses become links, and only those that say where they lead. */
export const linked: readonly { raw: string; links: readonly string[] }[] = [
  { raw: `kijk op ${spy}/gids?a=1#b.`, links: [`${spy}/gids?a=1#b`] },
  { raw: `${spy}/"onmouseover="${run}" style="x`, links: [`${spy}/`] },
  { raw: `(${spy}/a), <${spy}/b>`, links: [`${spy}/a`, `${spy}/b`] },
  { raw: 'https://www.vrijclb.be@spion.invalid/', links: [] },
  { raw: 'https://vrijc\u217cb.be/ https:/\\spion.invalid https://', links: [] },
];

/** What fits a nickname, with what may come of it. */
export const nicks: readonly Payload[] = [
  asWritten('<img src=x onerror=a'),
  asWritten('"><svg onload=a()>'),
  asWritten('{{7*7}}${7*7}</h1>'),
  { raw: '\u202enaam\u2066 \u200bx', shown: 'naam x' },
];
