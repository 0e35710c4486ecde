/** The first usable minor of each major; odd majors between them are not tried by anybody. Same range as `engines`. */
const firstMinor = { 20: 19, 22: 13 };

/**
 * @param {string} version such as '20.19.0'
 * @returns one sentence when this Node cannot run the project, else undefined
 */
export function nodeIsOld(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major >= 24 || minor >= firstMinor[major]) return undefined;
  return `Node ${version} cannot run this project: install Node 20 (from 20.19), 22 (from 22.13), 24 or newer.`;
}
