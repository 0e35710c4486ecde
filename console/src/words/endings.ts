import type { EndReason } from '@clbchat/shared/ids';

/** Why a conversation is over, said to the counsellor. */
export const endings: Record<EndReason, (nick: string) => string> = {
  visitor_left: (nick) => `${nick} stopte de chat.`,
  quick_exit: (nick) => `${nick} koos Snel weg.`,
  counsellor_ended: () => 'Je rondde het gesprek af.',
  visitor_gone: (nick) => `${nick} kwam niet terug.`,
  too_long: () => 'Het was te lang stil. De chat is gestopt.',
  closed: () => 'CLBCh@t is dicht. De chat is gestopt.',
  blocked: () => 'Je stopte het gesprek en blokkeerde de bezoeker.',
  replaced: (nick) => `${nick} begon een nieuwe chat.`,
  lost: () => 'Het gesprek ging verloren door een storing.',
};
