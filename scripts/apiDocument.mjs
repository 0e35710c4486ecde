import { toJsonSchema } from '@valibot/to-json-schema';

/** What only the program looks at, as a check of its own, stands in no JSON Schema: the program refuses more than the document says. */
const schemaOf = (schema) => {
  const { $schema: _draft, ...rest } = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' });
  return rest;
};
/** No answer in JSON is a bare string: what is one goes out as text. */
const asBody = (schema) => {
  const { type } = schema;
  return { content: { [type === 'string' ? 'text/plain' : 'application/json']: { schema: schemaOf(schema) } } };
};
/** What is sent where nothing has to be said: a form of another site can send no JSON. */
const EMPTY = { content: { 'application/json': { schema: { type: 'object' } } } };
const MEANS = {
  200: 'as asked',
  204: 'done',
  400: 'not of the form',
  401: 'nobody is signed in',
  403: 'not hers, or to be shown again',
  404: 'not there',
  409: 'not as things stand',
  413: 'too long',
  415: 'no JSON',
  422: 'refused, with what is wrong',
  429: 'too many',
  431: 'headers too long',
  500: 'not now',
  503: 'not now',
};

/**
 * An OpenAPI document of what routes say of themselves.
 *
 * @param api by method and path, as server/src/edge/api.ts has it
 * @param everywhere what any of them may answer besides
 */
export function apiDocument(api, everywhere) {
  const paths = {};
  for (const [name, { says, query, body, answers }] of Object.entries(api).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const [method, path] = name.split(' ');
    const parameters = [...path.matchAll(/:(\w+)/g)].map(([, of]) => ({
      ...{ name: of, in: 'path', required: true },
      schema: { type: 'string' },
    }));
    for (const [of, schema] of Object.entries(query ? schemaOf(query).properties : {}))
      parameters.push({ name: of, in: 'query', required: false, schema });
    const own = Object.entries(answers).map(([status, schema]) => [
      status,
      { description: MEANS[status] ?? 'otherwise', ...(schema && asBody(schema)) },
    ]);
    const others = Object.keys(everywhere).filter((status) => !(status in answers));
    (paths[path.replaceAll(/:(\w+)/g, '{$1}')] ??= {})[method.toLowerCase()] = {
      summary: says,
      ...(parameters.length > 0 && { parameters }),
      ...(method !== 'GET' && { requestBody: { required: true, ...(body ? asBody(body) : EMPTY) } }),
      responses: Object.fromEntries([
        ...own,
        ...others.map((status) => [status, { $ref: `#/components/responses/${status}` }]),
      ]),
    };
  }
  const responses = Object.fromEntries(
    Object.entries(everywhere).map(([status, schema]) => [status, { description: MEANS[status], ...asBody(schema) }]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'CLBCh@t',
      version: '0',
      description:
        'Made by npm run api. Nothing of it is served. Routes of staff want the header x-clb: 1, the origin of the console and the cookie of her session.',
    },
    paths,
    components: { responses },
  };
}

/** The same for people: a line for each route, and what stands in a body by its names. */
export function apiPage({ paths }) {
  const fields = (holder) => {
    const schema = holder?.content?.['application/json']?.schema;
    if (holder?.content?.['text/plain']) return 'text';
    const named = [schema, ...(schema?.anyOf ?? []), ...(schema?.oneOf ?? [])].flatMap((one) =>
      Object.keys(one?.properties ?? {}).map((name) => (one.required?.includes(name) ? name : `${name}?`)),
    );
    return named.length > 0 ? `\`{${[...new Set(named)].join(', ')}}\`` : '–';
  };
  const rows = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, requestBody, responses }]) => {
      const own = Object.entries(responses).filter(([, answer]) => !answer.$ref);
      const answers = own.map(([status, answer]) => `${status} ${fields(answer)}`).join(' · ');
      return `| \`${method.toUpperCase()} ${path}\` | ${summary} | ${fields(requestBody)} | ${answers} |`;
    }),
  );
  return `# The routes that answer in JSON

Made by \`npm run api\` from the schemas with which the service reads, as is \`docs/api.json\`, which says all of it in OpenAPI 3.1. Nothing of either is served. Sockets are another matter: their events stand in
\`shared/src/protocol\`. Every route may answer besides what stands here: 400, 401, 403, 404, 413, 415, 429, 431, 500 and 503 with \`{code}\`. Routes of staff take requests of the console's own pages alone.

| route | what for | body | answers |
|---|---|---|---|
${rows.join('\n')}
`;
}
