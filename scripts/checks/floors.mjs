/**
 * The floor plan of ARCHITECTURE.md as data. A folder is a feature, a suffix is a layer.
 * A file stands on the first floor whose pattern it matches, and may import from that floor and from those named after it.
 * A file without a floor fails, so there is no place where a drawer for odds and ends could stand.
 */
const wireWords = ['basics', 'protocol'];
const sharedForServer = [...wireWords, 'hours', 'figures', 'statement'];
const everythingOnTheServer = [
  ...sharedForServer,
  ...[
    'kernel',
    'live',
    'rules',
    'contract',
    'model',
    'scripting',
    'redis',
    'edge',
    'threads',
    'doors',
    'stores',
    'config',
  ],
];
const screensMay = ['words', 'looks', 'models', 'client', 'hours', 'figures', ...wireWords];

/** @type {[name: string, path: RegExp, standsOn: string[]][]} */
export const floors = [
  ['basics', /^shared\/src\/\w+\.ts$/, []],
  ['protocol', /^shared\/src\/protocol\/\w+\.ts$/, ['basics']],
  // When a centre is open: for the service, and for the page on which the hours are made.
  ['hours', /^shared\/src\/hours\/\w+\.ts$/, wireWords],
  // What is told of how many came: the service tells it, and the page adds it up.
  ['figures', /^shared\/src\/figures\/\w+\.ts$/, [...wireWords, 'hours']],
  ['statement', /^shared\/src\/statement\/[\w.]+\.ts$/, wireWords],
  ['crypto', /^shared\/src\/crypto\/\w+\.ts$/, [...wireWords, 'statement']],
  // The machines of the key agreement are pure: they reach no storage, socket, timer or cipher.
  ['machine', /^shared\/src\/client\/machine\.ts$/, []],
  ['agreement', /^shared\/src\/client\/(visitor|desk)\/agreement\.ts$/, ['machine', 'basics', 'statement']],
  [
    'client',
    /^shared\/src\/client\/((talk|visitor|desk)\/)?\w+\.ts$/,
    [...wireWords, 'statement', 'crypto', 'machine', 'agreement'],
  ],

  ['kernel', /^server\/src\/kernel\/\w+\.ts$/, sharedForServer],
  // What the slices' records and hints look like; the memory models share them.
  ['live', /^server\/src\/live\/\w+\.ts$/, [...sharedForServer, 'kernel', 'rules']],
  ['rules', /^server\/src\/\w+\/\w+\.rules\.ts$/, [...sharedForServer, 'kernel', 'live']],
  ['contract', /^server\/src\/\w+\/\w+\.store\.ts$/, [...sharedForServer, 'kernel', 'live', 'rules']],
  ['model', /^server\/src\/\w+\/\w+\.model\.ts$/, [...sharedForServer, 'kernel', 'live', 'rules', 'contract']],
  ['scripting', /^server\/src\/redis\/\w+\.ts$/, [...sharedForServer, 'kernel']],
  [
    'redis',
    /^server\/src\/\w+\/\w+\.redis\.ts$/,
    [...sharedForServer, 'kernel', 'live', 'rules', 'contract', 'scripting'],
  ],
  ['edge', /^server\/src\/edge\/\w+\.ts$/, [...sharedForServer, 'kernel']],
  // Work that takes long, beside the loop.
  ['threads', /^server\/src\/\w+\/\w+\.thread\.ts$/, []],
  [
    'doors',
    /^server\/src\/\w+\/\w+\.(socket|http|job)\.ts$/,
    [...sharedForServer, 'kernel', 'live', 'rules', 'contract', 'edge', 'threads', 'mirror'],
  ],
  // What the static side keeps of the relay.
  ['mirror', /^server\/src\/mirror\/\w+\.ts$/, ['kernel']],
  // The demonstration's signer and pages: only its own way of serving knows them.
  [
    'demonstration',
    /^server\/src\/demo\/\w+\.ts$/,
    [...sharedForServer, 'kernel', 'rules', 'contract', 'edge', 'doors', 'compose'],
  ],
  [
    'stores',
    /^server\/src\/store(\.\w+)?\.ts$/,
    [...sharedForServer, 'kernel', 'live', 'rules', 'contract', 'model', 'scripting', 'redis'],
  ],
  ['config', /^server\/src\/(config|environment|recordsKey|settings|shellConfig)\.ts$/, ['basics', 'kernel', 'rules']],
  // Commands that a person types: they see what is kept, and no door.
  [
    'shell',
    /^server\/src\/shell\/\w+\.ts$/,
    ['basics', 'figures', 'statement', 'kernel', 'rules', 'contract', 'scripting', 'redis', 'config'],
  ],
  ['compose', /^server\/src\/compose(Staff)?\.ts$/, everythingOnTheServer],
  // The ways in which the program runs, each with what it alone needs.
  [
    'production',
    /^server\/src\/serve\/(relay|running|brokenLog)\.ts$/,
    [...everythingOnTheServer, 'mirror', 'compose'],
  ],
  [
    'staticSide',
    /^server\/src\/serve\/static\.ts$/,
    ['kernel', 'rules', 'statement', 'edge', 'doors', 'mirror', 'config', 'production'],
  ],
  [
    'demonstrating',
    /^server\/src\/serve\/demo\.ts$/,
    [...everythingOnTheServer, 'compose', 'demonstration', 'production'],
  ],
  [
    'main',
    /^server\/src\/main\.ts$/,
    ['basics', 'kernel', 'config', 'scripting', 'production', 'staticSide', 'demonstrating'],
  ],

  // What stands in a school's page knows nothing of the chat but the frame's address and five words.
  ['loader', /^widget\/src\/loader\/\w+\.ts$/, ['basics']],
  ['keep', /^(widget|console)\/src\/keep\w*\.ts$/, ['client', ...wireWords]],
  ['device', /^console\/src\/device\/\w+\.ts$/, ['client', 'models', 'figures', 'statement', ...wireWords]],
  // What the chat says of holidays, and the console shows of it, in one table.
  [
    'words',
    /^(shared\/src\/words\/\w+\.ts|console\/src\/words\/\w+\.tsx?|widget\/src\/\w+\/(speak|words|\w+Words)\.ts)$/,
    [...wireWords, 'hours', 'figures'],
  ],
  [
    'looks',
    /^(console\/src\/ui\/(tokens|icons?|sound)\w*\.tsx?|widget\/src\/\w+\/(Icon\.tsx|(icons|\w+Icons)\.ts))$/i,
    ['words', 'basics'],
  ],
  // In the widget a folder is what a person sees: its screens have elements, its models have none.
  [
    'screens',
    /^(console\/src\/ui\/(\w+\/)?\w+\.tsx?|widget\/src\/(\w+\/\w+\.tsx|frame\/arrival\.ts|(widget|inside)\.ts))$/,
    screensMay,
  ],
  [
    'models',
    /^(console\/src\/model\/(\w+\/)?\w+|widget\/src\/(\w+\/\w+|room))\.ts$/,
    ['client', 'keep', 'words', 'hours', 'figures', ...wireWords, 'statement', 'crypto'],
  ],
  [
    'mounts',
    /^(widget|console)\/src\/\w+\.tsx?$/,
    [...screensMay, 'screens', 'keep', 'device', 'statement', 'crypto', 'loader'],
  ],
];

/** Server folders that are no slices. */
export const grounds = ['kernel', 'live', 'redis', 'edge', 'serve'];

/** Which slices a slice may know. A new feature adds its row at the bottom. */
export const knows = {
  visit: [],
  presence: [],
  hours: ['centre'], // the settings hold the hours
  figures: ['records', 'centre', 'accounts'],
  records: [],
  accounts: ['records'],
  centre: ['records', 'accounts'], // whoever changes sites shows again that it is she
  queue: ['visit', 'routing'], // how long it takes depends on who is free, and until when
  conversation: ['visit', 'queue'],
  routing: ['visit', 'presence'],
  retention: ['visit', 'presence', 'queue', 'conversation', 'routing'],
  demo: ['accounts', 'centre', 'hours', 'records', 'figures'],
  mirror: [],
  shell: ['records', 'accounts', 'centre', 'figures'],
};

/** Packages that only some floors may use: who else needs one is missing an interface. */
export const packages = [
  [/^ioredis$/, ['scripting', 'redis', 'stores', 'compose', 'main']],
  [/^socket\.io$/, ['edge', 'doors', 'compose']],
  [/^(fastify|@fastify\/.*)$/, ['edge', 'doors', 'compose', 'demonstration', 'staticSide']],
  [/^ws$/, ['edge']], // whose pings and pongs are counted there
  [/^socket\.io-client$/, ['client']],
  [/^(socket\.io-parser|engine\.io.*)$/, []], // what lies under the two libraries is theirs
  [/^hpke$/, ['crypto']],
  [/^nanoid$/, ['basics']], // ids.ts makes every id that is only a name
  [/^@node-rs\/argon2$/, ['threads']], // no hash is made on the loop, or with as much of a core
  [/^age-encryption$/, ['shell']],
  [/^@simplewebauthn\/server(\/|$)/, ['rules']],
  [/^@simplewebauthn\/browser$/, ['device']],
  [/^parse5$/, ['models']], // reads a pasted page, which nobody runs
  [/^openid-client$/, ['edge']], // what leaves this server for another one
  [/^@hpke\/.*$/, []], // the judge of the tests
  [/^preact(\/|$)/, ['looks', 'screens', 'mounts']],
];

export const namesThatTellNothing = /(^|\/)(utils?|helpers?|common|misc|stuff|lib)(\.|\/)/i;
