import type { DeskTalk } from '@clbchat/shared/client/views';
import { asDuration, wholeMinutes } from '../../model/times.ts';
import { isHeld } from '../../model/ends.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';

export function ContextPane({ talk }: { talk: DeskTalk }) {
  const { workspace } = useConsole();
  const { desk, pads } = workspace;
  const connection = desk.connection.value.is === 'lost' ? 'lost' : talk.talk.peerSilent.value ? 'silent' : 'good';
  const facts: [string, string][] = [
    [nl.info.role, nl.roles[talk.role]],
    [nl.info.topic, nl.topics[talk.topic]],
    [nl.info.language, nl.languages[talk.lang]],
    [nl.info.waited, asDuration(talk.waitedMs)],
    [
      nl.info.busy,
      nl.chat.minutes(
        wholeMinutes((workspace.overMs.value.get(talk.visitId) ?? workspace.nowMs.value) - talk.startedMs),
      ),
    ],
  ];
  return (
    <aside class="context" aria-label={nl.regions.context} data-region tabIndex={-1}>
      <div class="context-head">
        <h2>{nl.info.title}</h2>
        <button
          type="button"
          class="icon-button only-narrow"
          aria-label={nl.close}
          onClick={() => (workspace.contextOpen.value = false)}
        >
          <Icon name="x" />
        </button>
      </div>
      <div class="context-body">
        <dl class="facts">
          {facts.map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {isHeld(talk) && (
            <div>
              <dt>{nl.info.connection}</dt>
              <dd class={`connection-${connection}`}>{nl.info[connection]}</dd>
            </div>
          )}
        </dl>
        {isHeld(talk) && (
          <div class="field">
            <label for="pad">{nl.info.pad}</label>
            <p id="pad-hint">{nl.info.padHint}</p>
            <textarea
              id="pad"
              class="input"
              rows={5}
              aria-describedby="pad-hint"
              autocomplete="off"
              spellcheck={false}
              translate={false}
              data-gramm="false"
              value={pads.of(talk.visitId)}
              onInput={(event) => pads.write(talk.visitId, event.currentTarget.value)}
            />
          </div>
        )}
      </div>
    </aside>
  );
}
