import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';

/** What stands at the top of every page of the coordinator, and scrolls with it. */
export const Above = createContext<ComponentChildren>(null);

export const AbovePage = () => <>{useContext(Above)}</>;
