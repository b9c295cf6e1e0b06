import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest } from './answer-request.ts';
import { readAppFiles } from './app-files.ts';
import { createBuckets } from './caller-address.ts';
import { handOverBySmtp } from './hand-over.ts';
import { createBucket } from './limits.ts';
import type { Answer } from './problems.ts';
import type { Relay, RelayOptions } from './relay.ts';
import { StartProblem } from './start-problem.ts';
import { openStore } from './store.ts';
import { ownToken } from './token.ts';

const patienceMs = 15_000;
const wrongTokensPerMinute = 60;

export interface RunningRelay {
	url: string;
	token: string;
	/** Takes no more requests, lets those at work end (up to 15 seconds), closes the store. */
	close(): Promise<void>;
}

/** Starts a relay. Throws StartProblem, with nothing left open, when the port or the folder is taken. */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
	const {
		dataFolder,
		host = '127.0.0.1',
		messagesPerMinute = 600,
		log = () => undefined,
	} = options;
	const sender = options.sender ?? 'invitations@portico.test';
	const store = await openStore(dataFolder, Date.now);
	const relay: Relay = {
		version: ownVersion(),
		host,
		token: options.token ?? ownToken(dataFolder),
		sender,
		origins: options.origins ?? [],
		messagesPerMinute,
		maxBytes: options.maxBytes ?? 256 * 1024,
		store,
		handOver: options.smtp && handOverBySmtp(options.smtp, sender),
		takeOne: createBucket(messagesPerMinute),
		takeWrongToken: createBucket(wrongTokensPerMinute),
		takesAnswers: options.takesAnswers ?? false,
		takeAnswerOf: createBuckets(options.answersPerMinute ?? 12),
		app: readAppFiles(options.appFolder),
		tally: { startedAt: Date.now(), accepted: 0, refused: 0, 'in-doubt': 0, 'not-now': 0 },
		inHand: new Map(),
	};
	// A request goes on when its caller has left, so the server's own count of them is not enough.
	const atWork = new Set<Promise<void>>();
	const server = createServer(
		{ headersTimeout: 10_000, requestTimeout: 30_000 },
		(raw, response) => {
			const work = serve(relay, raw, response, log).finally(() => atWork.delete(work));
			atWork.add(work);
		},
	);
	await listen(server, options.port ?? 0, host).catch(async (error: unknown) => {
		await store.close();
		throw error;
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
		token: relay.token,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeIdleConnections();
			await Promise.race([Promise.all(atWork), passed(patienceMs)]);
			server.closeAllConnections();
			await closed;
			relay.handOver?.close();
			await store.close();
		},
	};
}

async function serve(
	relay: Relay,
	raw: IncomingMessage,
	response: ServerResponse,
	log: (line: string) => void,
): Promise<void> {
	const startedAt = performance.now();
	const { answer, routeName, fault } = await answerRequest(relay, raw);
	// A caller that left in between hears nothing, and no 'close' comes a second time.
	if (!response.closed) {
		const closed = new Promise((resolve) => response.once('close', resolve));
		write(raw, response, answer);
		await closed;
	}
	const ms = Math.round(performance.now() - startedAt);
	log(`${raw.method} ${routeName} ${answer.status} ${ms} ms`);
	if (fault !== '') log(fault);
}

function write(raw: IncomingMessage, response: ServerResponse, answer: Answer): void {
	const length = Buffer.byteLength(answer.body);
	const hasBody = answer.status !== 204 && answer.status !== 304;
	response.writeHead(answer.status, {
		...answer.headers,
		...(hasBody ? { 'content-length': length } : {}),
	});
	response.end(raw.method === 'HEAD' || !hasBody ? undefined : answer.body);
	if (answer.status !== 413) return;
	// Closing at once, with bytes unread, would reset the connection and take the answer with it.
	setTimeout(() => raw.destroy(), 500).unref();
}

function listen(server: Server, port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(listenProblem(error, port, host)),
		);
		server.listen(port, host, resolve);
	});
}

function listenProblem(error: NodeJS.ErrnoException, port: number, host: string): Error {
	switch (error.code) {
		case 'EADDRINUSE':
			return new StartProblem(`Port ${port} is in use. Set PORT to another one.`);
		case 'EACCES':
			return new StartProblem(`Port ${port} may not be used. Set PORT to one above 1023.`);
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
			return new StartProblem(
				`This computer has no address ${host}. Set PORTICO_HOST to one it has.`,
			);
		default:
			return error;
	}
}

function ownVersion(): string {
	const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}

function passed(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
