/**
 * What is planted. `tests` names the files that have to notice, and nothing else of the suite is run.
 *
 * @typedef {{ says: string, file: string, from: string, to: string, tests: string[] }} Bug
 */
import { luaBugs } from './luaBugs.mjs';
import { modelBugs } from './modelBugs.mjs';
import { movesBugs } from './movesBugs.mjs';
import { releaseBugs } from './releaseBugs.mjs';
import { wrapperBugs } from './wrapperBugs.mjs';

/** @type {Bug[]} */
export const bugs = [...luaBugs, ...movesBugs, ...releaseBugs, ...wrapperBugs, ...modelBugs];
