/** Whether something on this page would be lost with it: whoever asks before a reload says so here, too, and nothing is asked yet. */
export const losesSomething = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
