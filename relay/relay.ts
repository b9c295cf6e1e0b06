import type { IncomingMessage } from 'node:http';
import type { AppFiles } from './app-files.ts';
import type { TakeOneOf } from './caller-address.ts';
import type { HandOver } from './hand-over.ts';
import type { TakeOne } from './limits.ts';
import type { SmtpSettings } from './smtp-line.ts';
import type { Store } from './store.ts';

export interface RelayOptions {
	/** Where the store and the token are kept; made if it is missing. */
	dataFolder: string;
	/** 0 for any free port. */
	port?: number;
	host?: string;
	/** Default: the data folder's own, made at the first start. */
	token?: string;
	/** Other origins whose pages may use the relay. */
	origins?: string[];
	/** Without it the relay keeps a mailbox. */
	smtp?: SmtpSettings | undefined;
	sender?: string;
	/** The built app; without it the relay serves no pages but the mailbox. */
	appFolder?: string;
	messagesPerMinute?: number;
	/** Whether the welcome page may leave answers here; off unless it is said. */
	takesAnswers?: boolean;
	/** From one address. */
	answersPerMinute?: number;
	maxBytes?: number;
	/** One line a request: method, route, status, duration; nothing personal. */
	log?: (line: string) => void;
}

/** What became of messages since the start, for the health page: numbers only. */
export interface Tally {
	startedAt: number;
	accepted: number;
	refused: number;
	'in-doubt': number;
	/** Put off: the mail server was away or asked to wait. */
	'not-now': number;
}

/** What the routes of a running relay share. */
export interface Relay {
	version: string;
	host: string;
	token: string;
	sender: string;
	origins: string[];
	messagesPerMinute: number;
	maxBytes: number;
	store: Store;
	/** Undefined where the relay keeps a mailbox. */
	handOver: HandOver | undefined;
	takeOne: TakeOne;
	/** Counts requests that come with a wrong token. */
	takeWrongToken: TakeOne;
	takesAnswers: boolean;
	/** Counts the answers of an address. */
	takeAnswerOf: TakeOneOf;
	app: AppFiles;
	tally: Tally;
	/** The keys that a request is at work on now, each with its body's hash. */
	inHand: Map<string, string>;
}

export interface RelayRequest {
	/** HEAD is answered as GET; the server leaves the body out. */
	method: string;
	/** Decoded, without the query. */
	path: string;
	/** What the route's pattern caught. */
	parameter: string;
	raw: IncomingMessage;
}
