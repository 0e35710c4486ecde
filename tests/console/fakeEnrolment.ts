import { createEnrolment } from '../../console/src/model/enrolment.ts';

const NOTHING = { is: 'none', id: null, fingerprint: null, others: [], nowMs: 0 } as const;

/** A browser in which nothing of a device is found, and for which nothing is asked. */
export const noEnrolling = () => {
  const enrolment = createEnrolment({
    ...{ nowMs: () => 0, isVisible: () => true, timers: { every: () => () => undefined }, open: () => undefined },
    ...{ look: async () => NOTHING, ask: async () => 'unreachable', giveUp: async () => 'unreachable' },
  });
  void enrolment.start('never');
  return { enrolment, wipe: async () => 'done' as const };
};
