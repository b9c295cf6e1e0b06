/** What a commit was, newest last in the journal. `detail` names things, never people. */
export interface JournalEntry {
	id: string;
	at: number;
	what: string;
	count: number;
	/** The head's revision that this commit made. */
	revision: number;
	/** Set when the commit can be undone and has not been. */
	canUndo: boolean;
	/** Set when it was undone and a part of that waits for the undo of a later commit. */
	hasLeftover?: true;
	/** Chains it to the entry before it (`vault/journal-chain.ts`); absent in entries of older versions. */
	mark?: string;
}
