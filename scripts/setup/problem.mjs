/** What a person has to do before the set-up can go on; its message is all that is shown. */
export class SetupProblem extends Error {}
