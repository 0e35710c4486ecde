import { cookiesWith } from '../accounts/cookie.rules.ts';

/**
 * For plain http, where WebKit takes no `Secure` cookie: neither bound to the host by its name nor kept from the network by its
 * attributes. Only the demonstration on this very machine has such an origin.
 */
export const plainCookies = cookiesWith('', 'Path=/');
