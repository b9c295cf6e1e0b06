import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import type { LeavingRequest } from '$lib/ui/leaving-request.ts';

/** What became of a test, for a person. */
export interface TestWords {
	tone: 'good' | 'warn' | 'bad';
	title: string;
	words: string;
}

/** What others do with a message: the page that shows the editor brings them along. */
export interface MessageTools {
	/** Sends it now, past the outbox, through the practice's relay. */
	sendTest: (message: OutgoingMessage) => Promise<TestWords>;
	/** Undefined where nothing leaves by itself: no relay is set up, or messages are handed over by hand. */
	whatLeaves: (message: OutgoingMessage) => Promise<LeavingRequest | undefined>;
}
