import '../../../widget/src/ui/tokens.css';
import '../../../widget/src/ui/base.css';
import '../../../widget/src/ui/controls.css';
import '../../../widget/src/ui/intro.css';
import '../../../widget/src/ui/fit.css';
import '../../../widget/src/ui/chat.css';
import '../../../widget/src/ui/wait.css';
import { render } from 'preact';
import { stage } from '../fakeWidget.tsx';
import { scenes } from './scenes.ts';

/** `?screen=w05-wachten`: one screen of the widget on a fake engine, to be looked at beside its mock-up. */
const name = new URLSearchParams(location.search).get('screen') ?? 'w02-welkom';
const scene = scenes[name];
const app = document.getElementById('app');
if (scene && app) {
  const made = scene();
  const { App, widget, ...rest } = stage(made.fake.visitor, made.options);
  render(<App />, app);
  made.then?.({ widget, ...rest });
}
