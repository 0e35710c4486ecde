import { lineAt } from './source.mjs';

/**
 * Words that have one home: who needs time, settings, a log or the browser's storage gets it handed in.
 * `in` says where the rule holds, `home` where the word may stand.
 */
const homes = [
  {
    word: 'Date.now()',
    in: /^server\//,
    home: /^server\/src\/kernel\/clock\.ts$/,
    is: (node) => isMember(node, 'Date', 'now'),
  },
  { word: 'new Date()', in: /^server\//, home: /^server\/src\/kernel\/clock\.ts$/, is: isNewDate },
  {
    word: 'process.env',
    in: /^server\//,
    home: /^server\/src\/environment\.ts$/,
    is: (node) => isMember(node, 'process', 'env'),
  },
  { word: 'pino', in: /^server\//, home: /^server\/src\/kernel\/log\.ts$/, is: (node) => isImportOf(node, 'pino') },
  { word: 'sessionStorage', in: /./, home: /^widget\/src\/keep\.ts$/, is: (node) => isNamed(node, 'sessionStorage') },
  { word: 'localStorage', in: /./, home: /^widget\/src\/keep\.ts$/, is: (node) => isNamed(node, 'localStorage') },
  { word: 'any', in: /./, is: (node) => node.type === 'TSAnyKeyword' },
  { word: 'markup from text', in: /^(widget|console)\//, is: isMarkupFromText },
];

const switchedOff = /@ts-(ignore|nocheck|expect-error)/;

/** One sentence for each word that stands away from its home, and for each comment that switches the types off. */
export function wordsAwayFromHome({ path, text, nodes, comments }) {
  const rules = homes.filter((rule) => rule.in.test(path) && !rule.home?.test(path));
  const found = nodes.flatMap((node) => {
    const rule = rules.find(({ is }) => is(node));
    return rule ? [`${path}:${lineAt(text, node.start)}: ${rule.word} may stand ${where(rule)}`] : [];
  });
  for (const comment of comments) {
    if (switchedOff.test(comment.value)) found.push(`${path}:${lineAt(text, comment.start)}: types are switched off`);
  }
  return found;
}

const where = ({ home }) => (home ? `in ${home.source.replace(/\\|\^|\$/g, '')} only` : 'nowhere');

const isNamed = (node, name) => node.type === 'Identifier' && node.name === name;

function isMember(node, object, property) {
  return node.type === 'MemberExpression' && node.object.name === object && node.property.name === property;
}

function isNewDate(node) {
  return node.type === 'NewExpression' && node.callee.name === 'Date' && node.arguments.length === 0;
}

function isImportOf(node, name) {
  return node.type === 'ImportDeclaration' && node.source.value === name;
}

/** A person's text is only ever put in as text; the frame's policy asks for trusted types. */
function isMarkupFromText(node) {
  const name =
    node.type === 'MemberExpression' ? node.property.name : node.type === 'JSXAttribute' ? node.name.name : '';
  return ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'dangerouslySetInnerHTML'].includes(name);
}
