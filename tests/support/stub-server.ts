import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

export interface StubRequest {
	method: string;
	/** With its query. */
	path: string;
	headers: IncomingHttpHeaders;
	body: string;
	/** The connection has carried a request before: a browser may repeat what is dropped on it. */
	isWarm: boolean;
}

export interface StubAnswer {
	status: number;
	headers?: Record<string, string>;
	/** An object is sent as JSON. */
	body?: string | object;
	delayMs?: number;
	/** Without CORS headers a browser can't tell this answer from a lost one. */
	isWithoutCors?: boolean;
}

/** `drop`: the connection ends without an answer. */
export type StubReply = StubAnswer | 'drop';

export interface Stub {
	url: string;
	port: number;
	/** Every request but preflights, in order of arrival. */
	requests: StubRequest[];
	preflights: number;
	close(): Promise<void>;
}

export interface StubOptions {
	/** For https: a key and its certificate, PEM. */
	tls?: { key: string; cert: string };
	/** Headers that a page of another origin may read. */
	exposed?: string;
	port?: number;
}

/** A server on loopback that answers preflights as public APIs do, and everything else by `reply`. */
export async function startStub(
	reply: (request: StubRequest) => StubReply | Promise<StubReply>,
	{ tls, exposed = '', port = 0 }: StubOptions = {},
): Promise<Stub> {
	const used = new WeakSet<Socket>();
	const stub: Stub = {
		url: '',
		port: 0,
		requests: [],
		preflights: 0,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => void server.close(() => resolve()));
		},
	};
	const server = tls ? createSecureServer(tls) : createServer();
	server.on('request', (incoming, outgoing) => {
		const isWarm = used.has(incoming.socket);
		used.add(incoming.socket);
		const cors = {
			'Access-Control-Allow-Origin': '*',
			...(exposed ? { 'Access-Control-Expose-Headers': exposed } : {}),
		};
		if (incoming.method === 'OPTIONS') {
			stub.preflights += 1;
			outgoing.writeHead(204, {
				...cors,
				'Access-Control-Allow-Methods': 'GET, HEAD, POST',
				'Access-Control-Allow-Headers':
					incoming.headers['access-control-request-headers'] ?? 'content-type',
				'Access-Control-Max-Age': '0',
			});
			outgoing.end();
			return;
		}
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const request: StubRequest = {
				method: incoming.method ?? '',
				path: incoming.url ?? '',
				headers: incoming.headers,
				body: Buffer.concat(chunks).toString('utf8'),
				isWarm,
			};
			if (request.method !== 'HEAD') stub.requests.push(request);
			void Promise.resolve(reply(request)).then(async (answer) => {
				if (answer === 'drop') return incoming.socket.destroy();
				const { status, headers = {}, body = '', delayMs = 0, isWithoutCors = false } = answer;
				if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
				const isText = typeof body === 'string';
				outgoing.writeHead(status, {
					...(isWithoutCors ? {} : cors),
					'Content-Type': isText ? 'text/plain; charset=utf-8' : 'application/json',
					...headers,
				});
				return outgoing.end(isText ? body : JSON.stringify(body));
			});
		});
	});
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	stub.port = (server.address() as AddressInfo).port;
	stub.url = `${tls ? 'https' : 'http'}://127.0.0.1:${stub.port}`;
	return stub;
}
