export const SITE_ID_CHARS_MAX = 32;
/** What a tag names: `data-site`. */
export const SITE_ID = /^[\w-]{1,32}$/; // at most SITE_ID_CHARS_MAX
