import type { HelpLines } from '@clbchat/shared/protocol/status';

/**
 * Who else helps, right now. Facts that change: check every number, name and hour with the service itself at least
 * once a year, and set `checked` only then. In the order in which danger is near.
 */
export const helpLines: HelpLines = {
  checked: '2026-11',
  lines: [
    { number: '112', name: 'Noodnummer', dayAndNight: true },
    { number: '101', name: 'Politie', dayAndNight: true },
    { number: '1813', name: 'Zelfmoordlijn', dayAndNight: true },
    { number: '102', name: 'Awel', dayAndNight: false },
    { number: '1712', name: '1712', dayAndNight: false },
    { number: '106', name: 'Tele-Onthaal', dayAndNight: true },
  ],
  others: [
    { name: 'JAC', url: 'https://www.caw.be/jac/' },
    { name: 'nupraatikerover.be', url: 'https://nupraatikerover.be/' },
    { name: 'Teleblok', url: null },
  ],
};
