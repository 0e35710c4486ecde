/** What the school wrote on the script tag. */
export interface Settings {
  readonly origin: string;
  readonly site: string;
  /** the framed chat, with its pins in the fragment, which no server ever sees */
  readonly frameUrl: string;
  readonly left: boolean;
}

/** @returns null when the tag is not complete: then nothing is drawn, never a dead button */
export function settingsOf(script: HTMLScriptElement | null): Settings | null {
  const { site = '', key = '', position } = script?.dataset ?? {};
  if (!script?.src || !/^[\w-]+$/.test(site) || !/^[\w-]+(\.[\w-]+)*$/.test(key)) return null; // ours: the webmaster's own tag
  const { origin } = new URL(script.src);
  return { origin, site, frameUrl: `${origin}/w/${site}/#k=${key}`, left: position === 'left' };
}
