import { render } from 'preact';
import { browserClock } from './device/browser.ts';
import { copyText, markUnderWay, saveFile, wasUnderWay } from './device/setupPage.ts';
import { createSetup } from './model/setup.ts';
import sheet from './styles/setup.css?inline';
import { SetupScreen } from './ui/setup/SetupScreen.tsx';

/** The set-up as the demonstration shows it: what is made is real, and gone with the page. It sends nothing. */
export function showSetup(root: HTMLElement): void {
  const lost = wasUnderWay();
  markUnderWay(false);
  addEventListener('hashchange', () => location.reload());
  const setup = createSetup(
    {
      clock: browserClock,
      account: 'example',
      save: saveFile,
      keep: async () => true,
      copy: copyText,
      underWay: markUnderWay,
    },
    lost,
  );
  // a sheet that came as a file would put the loading of such files into what everybody loads
  const style = new CSSStyleSheet();
  style.replaceSync(sheet);
  document.adoptedStyleSheets.push(style);
  render(<SetupScreen setup={setup} />, root);
}
