import { PATH, type OpenCarrier } from './carrier.ts';

export const openWebSocket: OpenCarrier = ({ WebSocket }, origin, hear, gone) => {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${PATH}websocket`);
  socket.onmessage = ({ data }) => hear(String(data)); // what is not text says nothing that anybody understands
  socket.onclose = gone;
  return { send: (packet) => socket.send(packet), close: () => socket.close() };
};
