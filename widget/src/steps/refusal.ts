import type { ProblemCode } from '@clbchat/shared/problem';

/** Why somebody could not join, as the last step says it. The form keeps all that was written. */
export type Refusal = 'err' | 'full' | 'closed' | 'closing' | 'wait';

export const refusalOf = (code: ProblemCode): Refusal => {
  if (code === 'full' || code === 'closed' || code === 'closing') return code;
  return code === 'full_house' || code === 'too_fast' ? 'wait' : 'err';
};
