/**
 * What a message would cost without anything of ours: Socket.IO with acks and rooms, the transport settings of
 * server/src/edge/io.ts, and no store. Whoever connects names a room; what one says the others in it hear.
 */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer((_request, response) => response.end());
const io = new Server(http, {
  path: '/rt/',
  serveClient: false,
  transports: ['websocket', 'polling'],
  allowEIO3: false,
  cookie: false,
  maxHttpBufferSize: 65_536,
  perMessageDeflate: false,
  httpCompression: false,
  pingInterval: 20_000,
  pingTimeout: 20_000,
  allowUpgrades: false,
});
io.on('connection', (socket) => {
  const { room } = socket.handshake.auth;
  if (typeof room !== 'string') return socket.disconnect(true);
  void socket.join(room);
  socket.on('say', (what, answer) => {
    socket.to(room).emit('say', what);
    answer({ ok: true });
  });
});
http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => console.log(`listens on ${http.address().port}`));
