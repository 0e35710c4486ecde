import type { Answer } from '@clbchat/shared/answers';
import type { AnswersStore } from '../centre/answers.store.ts';
import { Bug } from '../kernel/failure.ts';
import { DEMO } from '../records/audit.rules.ts';

const answer = (name: string, text: string, folder: Answer['folder'], reader: Answer['for'] = 'all'): Answer => ({
  ...{ name, text, folder, for: reader },
});

/** A centre writes its own: these show how one may look. */
const ANSWERS: readonly Answer[] = [
  answer('dag', 'Dag {schuilnaam}! Ik ben {naam}, ik werk op het CLB. Waarover wil je het hebben?', 'start'),
  answer('moment', 'Ik lees even na wat je schreef. Ik antwoord zo.', 'start'),
  answer('dank', 'Dank je dat je me dit vertelt. Dat is niet gemakkelijk.', 'listen'),
  answer('doorvragen', 'Kan je me een voorbeeld geven van wat er dan gebeurt?', 'listen'),
  answer('samenvatten', 'Ik probeer het even samen te vatten. Zeg het maar als het niet klopt.', 'listen'),
  answer('wie', 'Is er iemand bij wie je hier al over durfde praten?', 'listen'),
  answer('dossier', 'Ik kan je dossier niet inkijken. Zo blijf je anoniem.', 'explain', 'pupil'),
  answer('anoniem', 'Ik weet niet wie je bent en dat hoeft ook niet. Alleen jij en ik kunnen dit lezen.', 'explain'),
  answer(
    'ouderdossier',
    'Voor vragen over het dossier van je kind neem je contact op met je eigen CLB.',
    'explain',
    'parent',
  ),
  answer('afspraak', 'Op {dag} is er iemand van je CLB op school. Je kan daar gewoon binnenlopen.', 'explain'),
  answer('tijd', 'We hebben nog een tiental minuten. Wat wil je zeker nog bespreken?', 'close'),
  answer(
    'einde',
    'Fijn dat je met me wilde praten, {schuilnaam}.\nJe mag altijd terugkomen. Zorg goed voor jezelf.',
    'close',
  ),
];

/** Writes them where nobody ever wrote any: what a person saved stays, also when that is nothing [S12]. */
export async function openAnswers(store: AnswersStore): Promise<void> {
  const { rev } = await store.get();
  if (rev > 0) return;
  const put = await store.put(ANSWERS, rev, DEMO);
  if (put.is === 'refused') throw new Bug('the demonstration has canned answers that break the rules');
}
