import { createHash } from 'node:crypto';
import { refusalOf } from './authorise.ts';
import { readBody } from './limits.ts';
import { hashOf, readMessage, type MessageBody } from './message-body.ts';
import { json, problem, type Answer } from './problems.ts';
import type { Relay, RelayRequest } from './relay.ts';
import type { HandOverResult } from './smtp-verdict.ts';
import type { MessageRecord } from './store.ts';

const keyGrammar = /^[\x21-\x7e]{1,200}$/;

/** `POST /messages`: takes one message under its key, once. */
export async function postMessage(relay: Relay, { raw }: RelayRequest): Promise<Answer> {
	const refusal = refusalOf(relay, raw.headers.authorization);
	if (refusal) return refusal;
	const key = raw.headers['idempotency-key'];
	if (typeof key !== 'string' || !keyGrammar.test(key)) {
		const detail = 'The header Idempotency-Key must hold 1 to 200 visible ASCII characters.';
		return problem(400, 'bad-request', detail);
	}
	const waitSeconds = relay.takeOne(performance.now());
	if (waitSeconds > 0) {
		const detail = `The relay takes ${relay.messagesPerMinute} messages a minute.`;
		return problem(429, 'too-many', detail, { retryAfterSeconds: waitSeconds });
	}
	const read = await readMessageOf(raw, relay.maxBytes);
	return 'message' in read ? takeMessage(relay, key, read.message) : read;
}

/** `GET /messages/{key}`: what became of a key's message. */
export function getMessage(relay: Relay, { raw, parameter: key }: RelayRequest): Answer {
	const refusal = refusalOf(relay, raw.headers.authorization);
	if (refusal) return refusal;
	const record = relay.store.find(key);
	if (relay.inHand.has(key) && (!record || record.state === 'handing-over')) {
		return json(200, { state: 'under-way' });
	}
	if (!record)
		return problem(404, 'not-found', 'The relay has never taken a message under this key.');
	return json(200, { state: settledState(record) });
}

async function readMessageOf(
	raw: RelayRequest['raw'],
	maxBytes: number,
): Promise<{ message: MessageBody } | Answer> {
	if (!/^application\/json *(;|$)/i.test(raw.headers['content-type'] ?? '')) {
		return problem(415, 'not-json', 'The header Content-Type must be application/json.');
	}
	const body = await readBody(raw, maxBytes);
	if (body.kind === 'too-large') {
		const detail = `A message may have ${maxBytes} bytes.`;
		return problem(413, 'too-large', detail, { headers: { connection: 'close' } });
	}
	if (body.kind === 'broken')
		return problem(400, 'bad-request', 'The body is not whole UTF-8 text.');
	let value: unknown;
	try {
		value = JSON.parse(body.text);
	} catch {
		return problem(400, 'bad-request', 'The body is not JSON.');
	}
	const read = readMessage(value);
	return read.kind === 'message' ? read : problem(422, 'invalid-message', read.detail);
}

async function takeMessage(relay: Relay, key: string, message: MessageBody): Promise<Answer> {
	const bodyHash = hashOf(message);
	const hashInHand = relay.inHand.get(key);
	if (hashInHand !== undefined) return hashInHand === bodyHash ? underWay() : keyReused();
	// Marked before anything is awaited, so that of two requests at once only one goes on.
	relay.inHand.set(key, bodyHash);
	try {
		const record: MessageRecord = {
			state: 'accepted',
			id: idOf(key),
			bodyHash,
			reason: '',
			changedAt: Date.now(),
		};
		return relay.handOver
			? await sendOnce(relay, relay.handOver, key, message, record)
			: await keepOnce(relay, key, message, record);
	} finally {
		relay.inHand.delete(key);
	}
}

async function keepOnce(
	relay: Relay,
	key: string,
	message: MessageBody,
	record: MessageRecord,
): Promise<Answer> {
	const from = { name: message.from.name, address: relay.sender };
	const time = new Date(record.changedAt).toISOString();
	const known = await relay.store.keep(key, record, { key, ...message, from, time });
	if (!known) relay.tally.accepted += 1;
	return answerFor(known ?? record, record.bodyHash);
}

async function sendOnce(
	relay: Relay,
	handOver: NonNullable<Relay['handOver']>,
	key: string,
	message: MessageBody,
	record: MessageRecord,
): Promise<Answer> {
	// On disk before a word is said to the mail server: a crash from here on leaves the key in doubt.
	const known = await relay.store.claim(key, { ...record, state: 'handing-over' });
	if (known) return answerFor(known, record.bodyHash);
	const result: HandOverResult = await handOver(message, record.id);
	relay.tally[result.kind] += 1;
	if (result.kind === 'not-now') {
		await relay.store.release(key);
		const { retryAfterSeconds } = result;
		return problem(503, 'not-now', result.reason, { retryAfterSeconds });
	}
	const reason = result.kind === 'accepted' ? '' : result.reason;
	const settled = { ...record, state: result.kind, reason, changedAt: Date.now() };
	await relay.store.settle(key, settled);
	if (result.kind === 'in-doubt') return problem(504, 'in-doubt', result.reason);
	return answerFor(settled, record.bodyHash);
}

/** The same answer for the first request and for every repeat. */
function answerFor(record: MessageRecord, bodyHash: string): Answer {
	if (record.bodyHash !== bodyHash) return keyReused();
	switch (settledState(record)) {
		case 'accepted':
			return json(202, { id: record.id });
		case 'refused':
			return problem(422, 'refused', record.reason);
		case 'in-doubt': {
			const detail =
				'The relay does not know whether this message left, and will not send it again.';
			return problem(409, 'in-doubt', detail);
		}
	}
}

/** A record still `handing-over` that no request is at work on is in doubt, whatever stopped its request. */
function settledState({ state }: MessageRecord): 'accepted' | 'refused' | 'in-doubt' {
	return state === 'handing-over' ? 'in-doubt' : state;
}

/** The same for a key for ever, so that even a mail server can tell a repeat by its Message-ID. */
function idOf(key: string): string {
	return createHash('sha256').update(`portico:${key}`).digest('hex').slice(0, 32);
}

function underWay(): Answer {
	const detail = 'The first request with this key is still at work.';
	return problem(409, 'under-way', detail, { retryAfterSeconds: 1 });
}

function keyReused(): Answer {
	return problem(422, 'key-reused', 'This key came with another message before.');
}
