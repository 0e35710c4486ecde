import type { Release, VisitEnd } from '@clbchat/shared/ids';

/** Why a conversation is over, said to the counsellor. */
export const endings: Record<VisitEnd, (nick: string) => string> = {
  visitor_left: (nick) => `${nick} stopte de chat.`,
  quick_exit: (nick) => `${nick} koos Snel weg.`,
  counsellor_ended: () => 'Je rondde het gesprek af.',
  visitor_gone: (nick) => `${nick} kwam niet terug.`,
  silence: () => 'Het was te lang stil. De chat is gestopt.',
  too_long: () => 'De chat duurde zo lang als het kan. Hij is gestopt.',
  expired: (nick) => `${nick} was hier vier uur. Langer kan een chat niet duren.`,
  refused: (nick) => `${nick} kon niet veilig verbinden. De chat is gestopt.`,
  closed: () => 'CLBCh@t is dicht. De chat is gestopt.',
  blocked: () => 'Je stopte het gesprek en blokkeerde de bezoeker.',
  replaced: (nick) => `${nick} begon een nieuwe chat.`,
  while_away: (nick) => `De chat met ${nick} is gestopt terwijl je verbinding weg was.`,
  lost: () => 'Het gesprek ging verloren door een storing.',
};

/** Why a conversation went back into the queue, said to the counsellor who had it. */
export const releases: Record<Release, string> = {
  counsellor_gone: 'Je verbinding was te lang weg. Een collega of jij neemt het gesprek opnieuw aan.',
  visitor_away: 'De bezoeker had geen verbinding meer. Je plaats is weer vrij.',
  unanswered: 'De bezoeker antwoordde nog niet. Je plaats is weer vrij.',
  unopened: 'De veilige verbinding kwam niet op tijd klaar. Het gesprek staat weer in de wachtrij.',
  refused: 'De browser van de bezoeker vertrouwde de sleutel van dit toestel niet.',
  unkept: 'Dit toestel kan de sleutel niet bewaren. Maak plaats op de schijf, of werk op een ander toestel.',
};
