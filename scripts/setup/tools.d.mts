type Tool = 'chromium' | 'redis' | 'firefox' | 'webkit' | 'caddy';

export function programsOf(name: Tool): readonly string[] | undefined;
export function howToGet(name: Tool): string;
export function isAskedFor(name: Tool): boolean;

/** Installs it where that may be done. @throws SetupProblem where it is not here then */
export function chromium(): void;
/** The same, for who asked for it; where it is not here then, it is said how to get it. */
export function webkit(): void;
