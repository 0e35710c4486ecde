import { createEnrolment } from '../../console/src/model/enrolment.ts';

/** A browser in which nothing of a device is found or asked, because no service answers. */
export const noEnrolling = () => ({
  enrolment: createEnrolment({
    ...{ nowMs: () => 0, isVisible: () => true, timers: { every: () => () => undefined }, open: () => undefined },
    ...{ look: async () => 'unreachable', ask: async () => 'unreachable', giveUp: async () => 'unreachable' },
  }),
  wipe: async () => 'done' as const,
});
