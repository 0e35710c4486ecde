import { signal, type Signal } from '@preact/signals-core';
import { useState } from 'preact/hooks';

/** A signal of this component alone, for as long as it is on screen. */
export const useSignal = <Value>(first: Value): Signal<Value> => useState(() => signal(first))[0];
