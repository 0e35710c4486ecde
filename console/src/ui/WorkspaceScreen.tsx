import { useEffect, useLayoutEffect } from 'preact/hooks';
import { refuseFiles } from '@clbchat/shared/client/droppedFiles';
import { holdsSomebody } from '../model/attention.ts';
import { nl } from '../words/nl.ts';
import { CertificateNotice } from './CertificateNotice.tsx';
import { ChatPane } from './chat/ChatPane.tsx';
import { ContextPane } from './chat/ContextPane.tsx';
import { useConsole } from './console.ts';
import { EndDialog } from './EndDialog.tsx';
import { keepFocus } from './keepFocus.ts';
import { ListPane } from './list/ListPane.tsx';
import { DoorLine } from './DoorLine.tsx';
import { Offers } from './list/Offers.tsx';
import { Notice } from './Notice.tsx';
import { PagePane } from './PagePane.tsx';
import { Rail } from './Rail.tsx';
import { listenToKeys } from './regions.ts';
import { SessionsDialog } from './SessionsDialog.tsx';
import { ServesDialog } from './ServesDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { Skip } from './Skip.tsx';
import { StaySignedIn } from './StaySignedIn.tsx';
import { LostBar } from './top/LostBar.tsx';
import { TopBar } from './top/TopBar.tsx';
import { useAskBeforeLosing } from './loses.ts';

export function WorkspaceScreen() {
  const shown = useConsole();
  const { workspace, session, own, places, door, certEnded, opensAnew } = shown;
  const { desk } = workspace;
  const holds = holdsSomebody(workspace);

  useEffect(() => refuseFiles(window, () => workspace.mention(nl.fileDropped)), [workspace]);
  useEffect(() => keepFocus(document), []);
  useEffect(() => listenToKeys(document, shown), [shown]);
  useAskBeforeLosing(holds);

  const talk = workspace.openTalk.value;
  const onPage = places.at.value !== 'chat';
  // whom she accepts, or opens by a key, is shown: a page of the coordinator does not hide her
  useLayoutEffect(() => {
    if (talk?.visitId) places.go('chat');
  }, [talk?.visitId, places]);
  // back to a page, by the browser's own way: what is on no screen is read by nobody [D7 U19]
  useLayoutEffect(() => {
    if (onPage) workspace.close();
  }, [onPage, workspace]);
  const layout = ['app'];
  if (talk && workspace.contextOpen.value) layout.push('context-open');
  if (!talk) layout.push('no-context');
  if (onPage) layout.push('page-open');
  return (
    <>
      {onPage ? (
        <Skip to="page" says={nl.skip.page} />
      ) : (
        <>
          <Skip to="chat" says={nl.skip.chat} />
          <Skip to="list" says={nl.skip.queue} />
        </>
      )}
      <div class={layout.join(' ')}>
        {desk.connection.value.is === 'lost' ? <LostBar sinceMs={desk.connection.value.sinceMs} /> : <TopBar />}
        {/* what is on no screen is read by nobody [D7] */}
        <Rail places={places} onGo={() => workspace.close()} />
        <div class="news">
          <StaySignedIn session={session} clock={workspace.nowMs} />
          <CertificateNotice
            session={session}
            isEnded={certEnded}
            clock={workspace.nowMs}
            holds={holds}
            onAgain={opensAnew}
          />
          <DoorLine hours={desk.hours.value} door={door} />
          <Offers />
          <Notice />
        </div>
        {onPage ? (
          <PagePane places={places} />
        ) : (
          <>
            <ListPane />
            <ChatPane />
            {talk && <ContextPane key={talk.visitId} talk={talk} />}
          </>
        )}
      </div>
      {workspace.dialog.value === 'end' && talk && <EndDialog talk={talk} />}
      {workspace.dialog.value === 'shortcuts' && <ShortcutsDialog />}
      {workspace.dialog.value === 'serves' && <ServesDialog />}
      {workspace.dialog.value === 'sessions' && (
        <SessionsDialog
          own={own}
          onClose={() => (workspace.dialog.value = null)}
          onLate={(says) => (workspace.notice.value = says)}
        />
      )}
      <div class="hidden-text" role="status" aria-live="polite">
        {workspace.announcer.text.value}
      </div>
    </>
  );
}
