/**
 * What is planted. `tests` names the files that have to notice, and nothing else of the suite is run.
 *
 * @typedef {{ says: string, file: string, from: string, to: string, tests: string[] }} Bug
 */
import { lifeBugs } from './lifeBugs.mjs';
import { luaBugs } from './luaBugs.mjs';
import { modelBugs } from './modelBugs.mjs';
import { movesBugs } from './movesBugs.mjs';
import { wrapperBugs } from './wrapperBugs.mjs';

/** @type {Bug[]} */
export const bugs = [...lifeBugs, ...luaBugs, ...movesBugs, ...wrapperBugs, ...modelBugs];
