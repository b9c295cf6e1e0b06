import { mkdtempSync, rmSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RelayOptions } from '../../relay/relay.ts';
import { startRelay } from '../../relay/server.ts';
import { readSmtpUrl } from '../../relay/smtp-line.ts';
import { startSmtp, type Smtp, type SmtpHooks } from '../support/smtp.ts';

export const robin = {
	to: { name: 'Robin Vale', address: 'robin.vale@example.com' },
	from: { name: 'Harbour Practice' },
	replyTo: 'office@harbour.example',
	subject: 'Your invitation to the client portal',
	text: 'Dear Robin,\nyour portal is ready.\n',
	html: '<p>Dear Robin, your portal is ready.</p>',
};

export interface Answered {
	status: number;
	headers: Headers;
	body: Record<string, unknown>;
}

/** A place on disk that goes with the test. */
export function testFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'portico-relay-test-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

export async function smtpAtTest(hooks: SmtpHooks = {}): Promise<Smtp> {
	const smtp = await startSmtp(hooks);
	onTestFinished(() => smtp.close());
	return smtp;
}

/** A relay over real HTTP with the calls that tests make; closed with the test. */
export async function relayAtTest(
	options: Partial<Omit<RelayOptions, 'smtp'>> & { smtpUrl?: string } = {},
) {
	const { smtpUrl, ...rest } = options;
	const lines: string[] = [];
	const dataFolder = options.dataFolder ?? testFolder();
	const relay = await startRelay({
		smtp: smtpUrl === undefined ? undefined : readSmtpUrl(smtpUrl),
		log: (line) => lines.push(line),
		...rest,
		dataFolder,
	});
	let isOpen = true;
	const close = async () => {
		if (isOpen) await relay.close();
		isOpen = false;
	};
	onTestFinished(close);
	return { ...relay, ...callsTo(relay), close, dataFolder, lines };
}

/** POST and GET as a deliverer makes them. */
export function callsTo({ url, token }: { url: string; token: string }) {
	const call = async (path: string, init: RequestInit): Promise<Answered> => {
		const response = await fetch(`${url}${path}`, init);
		const text = await response.text();
		const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
		return { status: response.status, headers: response.headers, body };
	};
	return {
		call,
		post: (key: string, message: unknown = robin, headers: Record<string, string> = {}) =>
			call('/messages', {
				method: 'POST',
				headers: {
					authorization: `Bearer ${token}`,
					'content-type': 'application/json',
					'idempotency-key': key,
					...headers,
				},
				body: JSON.stringify(message),
			}),
		stateOf: async (key: string) => {
			const headers = { authorization: `Bearer ${token}` };
			const { status, body } = await call(`/messages/${encodeURIComponent(key)}`, { headers });
			return status === 200 ? body.state : status;
		},
	};
}

/** A request exactly as written: `fetch` tidies paths and sets Host by itself. */
export function rawRequest(
	url: string,
	options: { path: string; method?: string; headers?: Record<string, string> },
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve, reject) => {
		const sent = request({ hostname, port, agent: false, ...options }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body: Buffer.concat(chunks),
				}),
			);
		});
		sent.on('error', reject);
		sent.end();
	});
}

/** The last part of a problem's type. */
export function problemName({ body }: Answered): string {
	return String(body.type).split('/').at(-1) ?? '';
}
