/**
 * What the widget is compared with: Preact and socket.io-client, and nothing that this project added. A button, a
 * connection, somebody who accepts, a field to write in.
 */
import { h, render } from 'preact';
import { useState } from 'preact/hooks';
import { io } from 'socket.io-client';

function Page() {
  const [stage, setStage] = useState('start');
  const start = () => {
    const socket = io({ path: '/rt/', transports: ['websocket', 'polling'] });
    socket.on('accepted', () => setStage('talking'));
    socket.emit('join', {}, () => setStage('waiting'));
  };
  if (stage === 'start') return h('button', { onClick: start }, 'Begin');
  return h('textarea', { 'aria-label': 'Jouw bericht', disabled: stage !== 'talking' });
}

render(h(Page), document.body);
