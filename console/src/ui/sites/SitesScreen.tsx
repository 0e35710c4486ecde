import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Go } from '../../model/places.ts';
import type { SitesPage } from '../../model/sites/page.ts';
import type { Site } from '../../model/sites/site.ts';
import { sites as words } from '../../words/sites.ts';
import { AbovePage } from '../AbovePage.tsx';
import { Arriving } from '../Arriving.tsx';
import { Icon } from '../Icon.tsx';
import { CheckDialog } from './CheckDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { SiteDialog } from './SiteDialog.tsx';
import { SnippetDialog } from './SnippetDialog.tsx';

/** Which window is open above the page, and about what. */
type Open =
  | null
  | { readonly is: 'add' }
  | { readonly is: 'change' | 'remove' | 'snippet' | 'check'; readonly id: string; readonly site: Site };

/** Where the service is not what it says that it is. */
const DANGER: ReadonlySet<string> = new Set(['stranger', 'unproven']);

/** Where she makes what she signs with first. */
const SIGNS_ELSEWHERE: ReadonlySet<string> = new Set(['not_here', 'ended', 'unpinned']);

const isNone = (page: SitesPage): boolean => page.list.value.length === 0;
const noteOf = (signing: keyof typeof words.signing, none: boolean): string =>
  none && signing === 'unsigned' ? words.unsignedNone : words.signing[signing];

/** Which websites may show the chat. Every change counts at once. */
export function SitesScreen({ page, go }: { page: SitesPage; go: Go }) {
  const open = useSignal<Open>(null);
  const said = useSignal('');
  const heading = useRef<HTMLHeadingElement>(null);
  const state = page.state.value;
  useEffect(() => void page.open(), [page]);
  useEffect(() => heading.current?.focus(), []);

  const signShown = async () => {
    said.value = '';
    const outcome = await page.signShown();
    if (outcome.is === 'saved') return done(words.signedShown);
    if (outcome.is === 'clash' || outcome.is === 'twin') return; // of one school alone
    said.value = words.problems[outcome.is === 'refused' ? outcome.why : outcome.is];
  };
  const mayChange = state.is === 'ready' && (state.signing === 'nobody' || state.signing === 'here');
  const close = () => (open.value = null);
  const done = (says: string) => {
    said.value = says;
    close();
    requestAnimationFrame(() => heading.current?.focus()); // what had the focus may be gone
  };
  return (
    <main class="page" id="page" data-region tabIndex={-1} aria-labelledby="page-title">
      <AbovePage />
      <div class="page-head">
        <h1 id="page-title" ref={heading} tabIndex={-1}>
          {words.title}
        </h1>
        {mayChange && (
          <button
            type="button"
            class="button button-primary button-small"
            onClick={() => {
              said.value = '';
              open.value = { is: 'add' };
            }}
          >
            {words.add}
          </button>
        )}
      </div>
      <p class="muted">{words.lead}</p>
      <p role="status" class="sites-said">
        {said.value}
      </p>
      <Arriving is={state.is} words={words} onAgain={() => page.open()} />
      {state.is === 'ready' && (
        <>
          {state.signing !== 'nobody' && state.signing !== 'here' && (
            <SigningNote signing={state.signing} none={isNone(page)} go={go} />
          )}
          <List
            page={page}
            mayChange={mayChange}
            maySnippet={page.facts.value !== null}
            open={(next) => {
              said.value = '';
              open.value = next;
            }}
          />
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
          <Windows page={page} open={open.value} close={close} done={done} />
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
  if (list.length === 0) return <p>{words.none}</p>;
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

interface WindowsProps {
  page: SitesPage;
  open: Open;
  close(): void;
  done(says: string): void;
}

function Windows({ page, open, close, done }: WindowsProps) {
  const facts = page.facts.peek();
  if (!open) return null;
  switch (open.is) {
    case 'add':
      return <SiteDialog page={page} id={null} site={undefined} onClose={close} onDone={done} />;
    case 'change':
      return <SiteDialog page={page} id={open.id} site={open.site} onClose={close} onDone={done} />;
    case 'remove':
      return <RemoveDialog page={page} id={open.id} site={open.site} onClose={close} onDone={done} />;
    case 'snippet':
      return facts && <SnippetDialog facts={facts} id={open.id} name={open.site.name ?? open.id} onClose={close} />;
    case 'check':
      return facts && <CheckDialog facts={facts} id={open.id} site={open.site} onClose={close} />;
  }
}
