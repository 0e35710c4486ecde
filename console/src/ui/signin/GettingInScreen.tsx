import type { GettingIn } from '../../model/gettingIn.ts';
import type { Provider } from '../../model/provider.ts';
import type { Pages } from '../PagesScreen.tsx';
import { PagesScreen } from '../PagesScreen.tsx';
import { gettingIn as words } from '../../words/gettingIn.ts';
import { CenterCard } from '../CenterCard.tsx';
import { Gone, Name, NoCookies, Second } from './Begin.tsx';
import { Codes } from './Codes.tsx';
import type { EnrollingProps } from './Enrolling.tsx';
import { NewPassword, SeedShown, Totp } from './Password.tsx';
import { Home } from './Home.tsx';
import { NewPasskey, PasskeySignIn } from './PasskeySignIn.tsx';

/** `pages` are those of a coordinator. */
interface Props {
  model: GettingIn;
  pages: Pages;
  provider: Provider;
  enrolling: EnrollingProps;
}

export function GettingInScreen({ model, pages, provider, enrolling }: Props) {
  const at = model.stand.value;
  switch (at.is) {
    case 'starting':
      return <CenterCard sub={words.sub} title={words.busy} />;
    case 'no_cookies':
      return <NoCookies atAddress={at.atAddress} />;
    case 'gone':
      return <Gone onSignIn={() => void model.start(null)} />;
    case 'name':
      return <Name model={model} />;
    case 'second':
      return <Second model={model} />;
    case 'codes':
      return <Codes codes={at.codes} onKept={() => void model.goOn()} />;
    case 'sign_in':
      return <PasskeySignIn model={model} provider={provider} />;
    case 'totp':
      return <Totp model={model} />;
    case 'new_password':
      return <NewPassword model={model} />;
    case 'seed':
      return <SeedShown model={model} seed={at.seed} />;
    case 'new_passkey':
      return <NewPasskey model={model} full={at.full} />;
    case 'pages':
      return <PagesScreen {...pages} problem={model.problem.value} />;
    case 'home':
      return (
        <Home
          model={model}
          at={at}
          enrolling={enrolling}
          session={pages.session}
          nowMs={pages.nowMs}
          provider={provider}
        />
      );
  }
}
