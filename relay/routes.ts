import { deleteAnswer, getAnswers, postAnswer } from './answers.ts';
import { getHealth, getIntroduction } from './health.ts';
import { getMailbox, getMailboxJson, getMailHtml } from './mailbox.ts';
import { getMessage, postMessage } from './messages.ts';
import type { Answer } from './problems.ts';
import type { Relay, RelayRequest } from './relay.ts';
import { getAppFile } from './serve-app.ts';

export interface Route {
	/** As it stands in the log, where a path's own words could be personal. */
	name: string;
	/** What it catches in its first group is the request's `parameter`. */
	pattern: RegExp;
	methods: Partial<
		Record<string, (relay: Relay, request: RelayRequest) => Answer | Promise<Answer>>
	>;
	/** Whether pages of the configured origins may ask; all else is for the relay's own pages. */
	isForOrigins: boolean;
}

/** In the order in which they are tried; the last takes what is left. */
const routes: Route[] = [
	{
		name: '/messages',
		pattern: /^\/messages$/,
		methods: { POST: postMessage },
		isForOrigins: true,
	},
	{
		name: '/messages/{key}',
		pattern: /^\/messages\/([\x21-\x7e]{1,200})$/,
		methods: { GET: getMessage },
		isForOrigins: true,
	},
	{
		name: '/answers',
		pattern: /^\/answers$/,
		methods: { POST: postAnswer },
		isForOrigins: true,
	},
	{
		name: '/answers/to/{key}',
		pattern: /^\/answers\/to\/([\w-]{43})$/,
		methods: { GET: getAnswers },
		isForOrigins: true,
	},
	{
		name: '/answers/{id}',
		pattern: /^\/answers\/([\w-]{43})$/,
		methods: { DELETE: deleteAnswer },
		isForOrigins: true,
	},
	{ name: '/health', pattern: /^\/health$/, methods: { GET: getHealth }, isForOrigins: true },
	{ name: '/mailbox', pattern: /^\/mailbox$/, methods: { GET: getMailbox }, isForOrigins: false },
	{
		name: '/mailbox.json',
		pattern: /^\/mailbox\.json$/,
		methods: { GET: getMailboxJson },
		isForOrigins: false,
	},
	{
		name: '/mailbox/{number}.html',
		pattern: /^\/mailbox\/(\d{1,15})\.html$/,
		methods: { GET: getMailHtml },
		isForOrigins: false,
	},
	{
		name: '/portico.json',
		pattern: /^\/portico\.json$/,
		methods: { GET: getIntroduction },
		isForOrigins: false,
	},
	{ name: '(app)', pattern: /^/, methods: { GET: getAppFile }, isForOrigins: false },
];

export function routeOf(path: string): { route: Route; parameter: string } {
	for (const route of routes) {
		const match = route.pattern.exec(path);
		if (match) return { route, parameter: match[1] ?? '' };
	}
	throw new Error('The last route takes every path.');
}
