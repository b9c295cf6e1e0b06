/** Why the relay cannot start, in one line for the person who started it. */
export class StartProblem extends Error {}
