/** Serves the bare page as the service serves the widget: the same headers, the same compression, plain Socket.IO. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';
import { Server } from 'socket.io';
import { onAsset, onEverything, onFrame } from '../../../server/dist/edge/headers.js';

const [folder] = process.argv.slice(2);
const app = Fastify();
const root = resolve(folder);
const fixed = onEverything(false);
/** Incompressible; how long it takes to come is known beforehand. */
const known = randomBytes(200_000);

app.addHook('onRequest', async (_request, reply) => void reply.headers(fixed));
await app.register(fastifyStatic, { root, serve: false, preCompressed: true, cacheControl: false, etag: false });
app.get('/', (_request, reply) =>
  reply.headers(onFrame({ origin: app.listeningOrigin, ancestors: [], built: null })).sendFile('index.html'),
);
app.get('/assets/:file', (request, reply) => reply.headers(onAsset).sendFile(`assets/${request.params.file}`));
app.get('/known', (_request, reply) => reply.type('application/octet-stream').send(known));

const io = new Server(app.server, {
  path: '/rt/',
  serveClient: false,
  transports: ['websocket', 'polling'],
  perMessageDeflate: false,
  httpCompression: false,
});
io.on('connection', (socket) => {
  socket.on('echo', (answer) => answer());
  socket.on('join', (_what, answer) => {
    answer({ ok: true });
    socket.emit('accepted'); // at once, as the counsellor of the measured chat does
  });
});

await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`http://localhost:${app.server.address().port}`);
