import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { DevicesPage } from '../../model/team/devices.ts';
import type { DevicesShown } from '../../model/team/devicesShown.ts';
import { devices as words } from '../../words/devices.ts';
import { Fingerprint } from '../Fingerprint.tsx';
import { Problem } from '../signin/Problem.tsx';
import { troubleOf } from './devicesPart.ts';
import { Trouble } from './MakeIssuer.tsx';

const { away } = words;

interface Props {
  page: DevicesPage;
  asked: DevicesShown['asked'];
  /** its answer was taken */
  onMade(): void;
}

/** Where the root file stays on a computer without a network: a request is carried there, and an answer back [O35 O37]. */
export function OfflineIssuer({ page, asked, onMade }: Props) {
  const problem = page.problem.value;
  const at = (field: 'asked' | 'answer') => (problem?.at === field ? problem.why : null);
  // what came there opens it, and nothing but she shuts it: she may be typing in it [D38]
  const isOpen = useRef(false);
  if (asked !== null || problem?.at === 'asked' || problem?.at === 'request') isOpen.current = true;
  return (
    <details
      class="devices-away"
      open={isOpen.current}
      onToggle={({ currentTarget }) => (isOpen.current = currentTarget.open)}
    >
      <summary>{away.title}</summary>
      <p class="muted">{away.lead}</p>
      {asked && <Request asked={asked} />}
      {asked && (
        <form
          class="devices-make"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            const text = String(new FormData(event.currentTarget).get('answer') as string);
            void page.answer(text).then((is) => is && onMade());
          }}
        >
          <div class="field">
            <label for="devices-answer">{away.answer}</label>
            <textarea
              id="devices-answer"
              class="input"
              name="answer"
              rows={3}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              aria-invalid={at('answer') !== null}
            />
            <Trouble why={at('answer')} />
          </div>
          <button type="submit" class="button button-primary" aria-disabled={page.busy.value}>
            {page.busy.value ? words.busy : away.take}
          </button>
          <Problem says={troubleOf(page, { take: null })} keeps={page.busy.value} />
        </form>
      )}
      <form
        class="devices-make"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void page.ask(String(new FormData(event.currentTarget).get('asked') as string));
        }}
      >
        <div class="field">
          <label for="devices-asked">{away.org}</label>
          <input
            id="devices-asked"
            class="input"
            name="asked"
            type="text"
            autocomplete="off"
            aria-invalid={at('asked') !== null}
          />
          <Trouble why={at('asked')} />
        </div>
        <button type="submit" class="button button-secondary" aria-disabled={page.busy.value}>
          {asked ? away.anew : away.ask}
        </button>
        <Problem says={troubleOf(page, { request: null })} keeps={page.busy.value} />
      </form>
    </details>
  );
}

function Request({ asked }: { asked: NonNullable<DevicesShown['asked']> }) {
  const told = useSignal('');
  const area = useRef<HTMLTextAreaElement>(null);
  const copy = async () => {
    area.current?.select(); // first: where the browser refuses to copy, a key does it
    told.value = await navigator.clipboard.writeText(asked.request).then(
      () => away.copied,
      () => away.notCopied,
    );
  };
  return (
    <>
      <div class="field">
        <label for="devices-request">{away.request}</label>
        <textarea
          id="devices-request"
          ref={area}
          class="input"
          rows={4}
          readOnly
          spellcheck={false}
          value={asked.request}
        />
        <div class="page-actions">
          <button type="button" class="button button-plain button-small" onClick={() => void copy()}>
            {away.copy}
          </button>
          <span role="status" class="small">
            {told}
          </span>
        </div>
      </div>
      <p>{away.save}</p>
      <p>
        <code>{away.command}</code>
      </p>
      <p>{away.compare}</p>
      <Fingerprint label={away.fingerprint} groups={asked.fingerprint} />
    </>
  );
}
