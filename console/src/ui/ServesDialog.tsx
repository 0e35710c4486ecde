import { LANGUAGES, ROLES, TOPICS } from '@clbchat/shared/ids';
import type { ProblemCode } from '@clbchat/shared/problem';
import { EVERYBODY, type Serves } from '@clbchat/shared/serves';
import { useRef, useState } from 'preact/hooks';
import { nl } from '../words/nl.ts';
import { useConsole } from './console.ts';
import { Dialog } from './Dialog.tsx';
import { Firm } from './Firm.tsx';

interface GroupProps<T extends string> {
  title: string;
  all: readonly T[];
  words: Readonly<Record<T, string>>;
  chosen: readonly T[];
  /** what is wrong with it; '' = nothing */
  wrong: string;
  choose(chosen: T[]): void;
}

/** What she may tick, in the order in which visitors choose it too. */
function Group<T extends string>({ title, all, words, chosen, wrong, choose }: GroupProps<T>) {
  return (
    <fieldset class="serves">
      <legend>
        <b>{title}</b>
      </legend>
      <div>
        {all.map((one) => (
          <label class="check" key={one}>
            <input
              type="checkbox"
              checked={chosen.includes(one)}
              onChange={({ currentTarget: { checked } }) =>
                choose(all.filter((each) => (each === one ? checked : chosen.includes(each))))
              }
            />
            {words[one]}
          </label>
        ))}
      </div>
      <p role="alert" class="serves-problem">
        {wrong}
      </p>
    </fieldset>
  );
}

const KINDS = ['roles', 'topics', 'langs'] as const;

/** For whom she is rung [R13]. */
export function ServesDialog() {
  const { workspace } = useConsole();
  const { desk } = workspace;
  const [serves, setServes] = useState<Serves>(desk.serves.value);
  const form = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const close = () => (workspace.dialog.value = null);
  const change = (some: Partial<Serves>) => setServes({ ...serves, ...some });
  const wrong = (which: keyof Serves) => (asked && serves[which].length === 0 ? nl.serves.atLeast[which] : '');
  const save = async () => {
    setAsked(true);
    const empty = KINDS.findIndex((kind) => serves[kind].length === 0);
    if (empty >= 0) {
      form.current?.querySelectorAll('fieldset')[empty]?.querySelector('input')?.focus();
      return;
    }
    setProblem(null);
    const ack = await desk.setServes(serves);
    if (ack.ok) close();
    else setProblem(ack.code);
  };
  return (
    <Dialog title={nl.serves.title} onClose={close}>
      <p>{nl.serves.lead}</p>
      <div class="serves-form" ref={form}>
        <Group
          title={nl.serves.groups.roles}
          all={ROLES}
          words={nl.roles}
          chosen={serves.roles}
          wrong={wrong('roles')}
          choose={(roles) => change({ roles })}
        />
        <Group
          title={nl.serves.groups.topics}
          all={TOPICS}
          words={nl.topics}
          chosen={serves.topics}
          wrong={wrong('topics')}
          choose={(topics) => change({ topics })}
        />
        <Group
          title={nl.serves.groups.langs}
          all={LANGUAGES}
          words={nl.languages}
          chosen={serves.langs}
          wrong={wrong('langs')}
          choose={(langs) => change({ langs })}
        />
      </div>
      <p role="alert" class="serves-problem">
        {problem && nl.problems[problem]}
      </p>
      <div class="dialog-actions">
        <button type="button" class="button button-plain button-small" onClick={() => setServes(EVERYBODY)}>
          {nl.serves.all}
        </button>
        <button type="button" class="button button-plain button-small" onClick={close}>
          {nl.serves.close}
        </button>
        <Firm class="button button-primary button-small" onClick={save}>
          {nl.serves.save}
        </Firm>
      </div>
    </Dialog>
  );
}
