import { useEffect, useRef } from 'preact/hooks';
import type { Go } from '../../model/places.ts';
import type { SitesPage } from '../../model/sites/page.ts';
import type { Site } from '../../model/sites/site.ts';
import { sites as words } from '../../words/sites.ts';
import { AbovePage } from '../AbovePage.tsx';
import { Arriving } from '../Arriving.tsx';
import { Icon } from '../Icon.tsx';
import { Problem } from '../signin/Problem.tsx';
import { useWindows } from '../windows.ts';
import { CheckDialog } from './CheckDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { SiteDialog } from './SiteDialog.tsx';
import { SnippetDialog } from './SnippetDialog.tsx';

/** Which window is open above the page, and about what. */
type Open =
  | { readonly is: 'add' }
  | { readonly is: 'change' | 'remove' | 'snippet' | 'check'; readonly id: string; readonly site: Site };

/** Where the service is not what it says that it is. */
const DANGER: ReadonlySet<string> = new Set(['stranger', 'unproven']);

/** Where she makes what she signs with first. */
const SIGNS_ELSEWHERE: ReadonlySet<string> = new Set(['not_here', 'ended', 'unpinned']);

const isNone = (page: SitesPage): boolean => page.list.value.length === 0;
const noteOf = (signing: keyof typeof words.signing, none: boolean): string =>
  none && signing === 'unsigned' ? words.unsignedNone : words.signing[signing];

interface Props {
  page: SitesPage;
  go: Go;
  /** she gave up a window of which nothing came about yet */
  gaveUp(): void;
}

/** Which websites may show the chat. Every change counts at once. */
export function SitesScreen({ page, go, gaveUp }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const windows = useWindows<Open>(heading, gaveUp, page);
  const state = page.state.value;
  useEffect(() => void page.open(), [page]);

  const signShown = async () => {
    windows.says('');
    const outcome = await page.signShown();
    if (outcome.is === 'busy' || outcome.is === 'clash' || outcome.is === 'twin') return; // the last two are of one school
    if (outcome.is !== 'saved')
      return windows.says(words.problems[outcome.is === 'refused' ? outcome.why : outcome.is]);
    windows.says(words.signedShown);
    requestAnimationFrame(() => heading.current?.focus()); // the button that she pressed is gone
  };
  const mayChange = state.is === 'ready' && (state.signing === 'nobody' || state.signing === 'here');
  const at = windows.open.value;
  return (
    <main class="page" id="page" data-region tabIndex={-1} aria-labelledby="page-title">
      <AbovePage />
      <div class="page-head">
        <h1 id="page-title" ref={heading} tabIndex={-1}>
          {words.title}
        </h1>
        {mayChange && (
          <button type="button" class="button button-primary button-small" onClick={() => windows.opens({ is: 'add' })}>
            {words.add}
          </button>
        )}
      </div>
      <p class="muted">{words.lead}</p>
      <p role="status" class="sites-said">
        {windows.said.value}
      </p>
      {windows.late.value !== null && <Problem says={windows.late.value} />}
      <Arriving is={state.is} words={words} onAgain={() => page.open()} />
      {state.is === 'ready' && (
        <>
          {state.signing !== 'nobody' && state.signing !== 'here' && (
            <SigningNote signing={state.signing} none={isNone(page)} go={go} />
          )}
          <List page={page} mayChange={mayChange} maySnippet={page.facts.value !== null} open={windows.opens} />
          {state.signing === 'unsigned' && (
            <button
              type="button"
              class="button button-primary"
              aria-disabled={page.saving.value}
              onClick={() => void signShown()}
            >
              {isNone(page) ? words.signNone : words.signShown}
            </button>
          )}
          {at && (
            <Window
              page={page}
              at={at}
              onClose={(done) => windows.closes(at, done)}
              onLate={(says) => windows.tells(at, says)}
            />
          )}
        </>
      )}
    </main>
  );
}

/** Why she cannot sign here, and the way to where she can. */
function SigningNote({ signing, none, go }: { signing: keyof typeof words.signing; none: boolean; go: Go }) {
  return (
    <div class={`note note-leads ${DANGER.has(signing) ? 'note-danger' : 'note-warn'}`} role="alert">
      <Icon name="circle-alert" />
      <span>{noteOf(signing, none)}</span>
      {SIGNS_ELSEWHERE.has(signing) && (
        <button type="button" class="button button-plain button-small" onClick={() => go('devices')}>
          {words.toDevices}
        </button>
      )}
    </div>
  );
}

interface ListProps {
  page: SitesPage;
  mayChange: boolean;
  maySnippet: boolean;
  open(next: Open): void;
}

function List({ page, mayChange, maySnippet, open }: ListProps) {
  const list = page.list.value;
  if (list.length === 0) return <p>{mayChange ? `${words.none} ${words.addFirst}` : words.none}</p>;
  return (
    <ul class="sites" aria-label={words.list}>
      {list.map(([id, site]) => {
        const name = site.name ?? id;
        const button = (is: 'change' | 'remove' | 'snippet' | 'check', says: string) => (
          <button
            type="button"
            class="button button-plain button-small"
            aria-label={`${says}: ${name}`}
            onClick={() => open({ is, id, site })}
          >
            {says}
          </button>
        );
        return (
          <li key={id} class="box site">
            <h2>{name}</h2>
            <ul class="site-origins" aria-label={words.origins}>
              {site.origins.map((origin) => (
                <li key={origin}>{origin}</li>
              ))}
            </ul>
            <div class="page-actions">
              {maySnippet && button('snippet', words.snippet)}
              {maySnippet && button('check', words.check)}
              {mayChange && button('change', words.change)}
              {mayChange && button('remove', words.remove)}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

interface WindowProps {
  page: SitesPage;
  at: Open;
  onClose(done?: string): void;
  /** where this window is there no more, the page says it */
  onLate(says: string): void;
}

function Window({ at, ...rest }: WindowProps) {
  const facts = rest.page.facts.peek();
  const close = () => rest.onClose();
  switch (at.is) {
    case 'add':
      return <SiteDialog {...rest} id={null} site={undefined} />;
    case 'change':
      return <SiteDialog {...rest} id={at.id} site={at.site} />;
    case 'remove':
      return <RemoveDialog {...rest} id={at.id} site={at.site} />;
    case 'snippet':
      return facts && <SnippetDialog facts={facts} id={at.id} name={at.site.name ?? at.id} onClose={close} />;
    case 'check':
      return facts && <CheckDialog facts={facts} id={at.id} site={at.site} onClose={close} />;
  }
}
