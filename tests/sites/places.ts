/** Places of a page in which a browser runs what stands there, and others that only look so. */
const PLACES: readonly (readonly [what: string, before: string, after: string])[] = [
  ['alone', '', ''],
  ['in a page', '<!doctype html><html><head><title>x</title></head><body><p>x', '</body></html>'],
  ['after the page', '<html><body><p>x</body></html>', ''],
  ['in a select', '<select>', '</select>'],
  ['in a table', '<table><tr><td>', '</table>'],
  ['in an object', '<object>', '</object>'],
  // comments, and what is taken for one
  ['in a comment', '<!-- ', ' -->'],
  ['after an empty comment', '<!-->', ''],
  ['after a short comment', '<!--->', ''],
  ['after a comment of dashes', '<!---->', ''],
  ['after a comment that ends with a bang', '<!-- a --!>', ''],
  ['in a comment that only seems to end', '<!-- a --! > <!--!> ', ' -->'],
  ['after a comment in a comment', '<!-- <!-- a -->', ''],
  ['in a comment that never ends', '<!-- a -- >', ''],
  ['after a bogus comment', '<!x a="', '">'],
  ['in a bogus comment', '<!x <', ''],
  ['after a question', '<?php echo "->"; ?>', ''],
  ['after an end without a name', '</ x></>', ''],
  ['after a lone sign', 'a < b <3 <', ''],
  ['after a doctype in quotes', '<!doctype html "', '">'],
  ['after what is no section of text', '<![CDATA[', ']]>'],
  // values of other tags
  ['in a value of single quotes', "<p title='", "'>"],
  ['in a value of double quotes', '<p title="', '">'],
  ['in a value that never ends', "<p title='", ''],
  ['in a value without quotes', '<p title=', '>'],
  ['in an end tag', "</p title='", "'>"],
  ['behind very many attributes', `<p ${Array.from({ length: 99 }, (_, n) => `a${n}`).join(' ')} title='`, "'>"],
  ['in a tag that never ends', '<p ', ''],
  ['behind a value that ends with a slash', '<svg a=/>', '</svg>'],
  // text
  ...[
    'iframe',
    'textarea',
    'title',
    'noscript',
    'xmp',
    'style',
    'noembed',
    'noframes',
    'plaintext',
    'template',
  ].flatMap(
    (name) =>
      [
        [`in ${name}`, `<${name}>`, `</${name}>`],
        [`after ${name}`, `<${name}></${name}x></${name}\n a=">">`, ''],
        [`in ${name} that never ends`, `<${name}/>`, ''],
        [`in ${name} of a picture`, `<svg><${name}>`, `</${name}></svg>`],
        [`after ${name} of a picture`, `<svg><${name}></svg>`, ''],
      ] as const,
  ),
  ['in a frame with an address', '<iframe src="about:blank">', '</iframe>'],
  ['in noscript of the head, after what is no meta', '<head><noscript><p>', '</noscript></head>'],
  ['in a template of a template', '<template><template></template>', '</template>'],
  ['after an end of no template', '</template>', ''],
  ['in a template of a picture', '<template><svg></template>', ''],
  ['in a row of a template', '<template><tr><td>', '</template>'],
  // scripts
  ['in a script', '<script>"', '"</script>'],
  ['after a script with another end', '<script>"</scriptx>"</script>', ''],
  ['in a script that never ends', '<script>"', ''],
  ['after a script in a comment of a script', '<script><!-- <script></script>', '</script>'],
  ['after that script', '<script><!-- <script></script> --></script>', ''],
  ['after a comment of a script', '<script><!-- </script>', ''],
  ['after an empty comment of a script', '<script><!--><script></script>', ''],
  // pictures and formulas
  ['in a picture', '<svg>', '</svg>'],
  ['after a picture', '<svg/>', ''],
  ['after a picture with a title', '<svg><title>x</title><style>a<b</style><path/></svg>', ''],
  ['in a title of a picture', '<svg><title>', '</title></svg>'],
  ['in a title of a title of a picture', '<svg><title><title>x</title>', '</title></svg>'],
  ['in HTML of a picture', '<svg><foreignObject><div>', '</div></foreignObject></svg>'],
  ['in a picture of HTML of a picture', '<svg><foreignObject><svg>', '</svg></foreignObject></svg>'],
  ['after a section of text of a picture', '<svg><![CDATA[ <p> ]]>', '</svg>'],
  ['after that picture', '<svg><![CDATA[ </svg> ]]></svg>', ''],
  ['after what breaks out of a picture', '<svg><g><p>', ''],
  ['after what broke out of a picture', '<svg><g><p>x</p>', ''],
  ['after an end that breaks out of a picture', '<svg><g></p>', ''],
  ['after a plain font of a picture', '<svg><font>', ''],
  ['after a coloured font of a picture', '<svg><font color="red">', ''],
  ['after an end of what is around a picture', '<div><svg><path></div>', ''],
  ['after an end of what is not around a picture', '<svg><path></div>', ''],
  ['after the end of a page around a picture', '<body><svg></body></html>', ''],
  ['in a formula', '<math>', '</math>'],
  ['in a word of a formula', '<math><mtext>', '</mtext></math>'],
  ['in a glyph of a formula', '<math><mi><mglyph>', '</mglyph></mi></math>'],
  ['in a note of a formula', '<math><annotation-xml>', '</annotation-xml></math>'],
  ['in a note of HTML', '<math><annotation-xml encoding="Text/HTML">', '</annotation-xml></math>'],
  ['in a picture of a note', '<math><annotation-xml><svg><desc>', '</desc></svg></annotation-xml></math>'],
  // pages of frames
  ['before a frameset', '', '<frameset></frameset>'],
  ['in a body that a frameset takes away', '<p>', '<frameset></frameset>'],
  ['in a frameset', '<html><head></head><frameset><frame>', '</frameset>'],
  ['after a frameset', '<frameset></frameset>', ''],
  ['after a frameset of which nothing becomes', '<p>x<frameset>', '</frameset>'],
];

export const placed = (what: string): (readonly [where: string, page: string])[] =>
  PLACES.map(([where, before, after]) => [where, `${before}${what}${after}`]);

/** Pages of parts that were drawn, the same ones each time. */
export function drawn(count: number, what: string): (readonly [where: string, page: string])[] {
  const parts = PLACES.flatMap(([, before, after]) => [before, after]).filter(
    // engines of several years disagree about a select, and Firefox ends at `</p>` also the pictures around a picture
    (part) => part !== '' && !/select|<g><\/p>/.test(part),
  );
  let seed = 7;
  const draw = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  return Array.from({ length: count }, (_, n) => {
    const all = Array.from({ length: 2 + draw(5) }, () => parts[draw(parts.length)]!);
    // Firefox never ends loading a page in which a script of a picture stands in another one
    const around = all.some((part) => /<(svg|math)/.test(part)) ? all.filter((part) => !part.includes('<script')) : all;
    around.splice(draw(around.length + 1), 0, what);
    return [`drawn ${n}`, around.join('')] as const;
  });
}
