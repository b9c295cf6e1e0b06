import { readReceipt } from '../src/lib/domain/welcome-receipt.ts';
import { refusalOf } from './authorise.ts';
import { callerAddress } from './caller-address.ts';
import { readBody } from './limits.ts';
import { json, problem, type Answer } from './problems.ts';
import type { Relay, RelayRequest } from './relay.ts';

/** An invitation's token and the answer's own signature; nothing longer is one. */
const longestAnswer = 6_000;

/**
 * `POST /answers`: what somebody answered on the welcome page, dropped here without a token. Whether it is
 * genuine is for the practice's app to judge; here it need only look like an answer.
 */
export async function postAnswer(relay: Relay, { raw }: RelayRequest): Promise<Answer> {
	if (!relay.takesAnswers) return noBox();
	const waitSeconds = relay.takeAnswerOf(callerAddress(raw), performance.now());
	if (waitSeconds > 0) {
		const detail = 'Too many answers came from this address.';
		return problem(429, 'too-many', detail, { retryAfterSeconds: waitSeconds });
	}
	const body = await readBody(raw, longestAnswer);
	if (body.kind === 'too-large') {
		const detail = `An answer may have ${longestAnswer} bytes.`;
		return problem(413, 'too-large', detail, { headers: { connection: 'close' } });
	}
	const receipt = body.kind === 'whole' ? readReceipt(body.text) : undefined;
	if (!receipt) return problem(422, 'not-an-answer', 'This is not an answer to an invitation.');
	const { id, outcome } = await relay.store.answers.keep(receipt, Date.now());
	if (outcome === 'kept' || outcome === 'known') return json(202, { id });
	if (outcome === 'enough') {
		const detail = 'This invitation was answered often enough.';
		return problem(429, 'too-many', detail, { retryAfterSeconds: 3_600 });
	}
	const detail = 'There is no room for more answers until the practice has fetched some.';
	return problem(503, 'not-now', detail, { retryAfterSeconds: 3_600 });
}

/** `GET /answers/to/{key}`: those to invitations of this key that wait, the oldest first. */
export async function getAnswers(relay: Relay, { raw, parameter }: RelayRequest): Promise<Answer> {
	if (!relay.takesAnswers) return noBox();
	const refusal = refusalOf(relay, raw.headers.authorization);
	if (refusal) return refusal;
	return json(200, { answers: await relay.store.answers.listFor(parameter) });
}

/** `DELETE /answers/{id}`: the practice has it now; one that is gone already is no problem. */
export async function deleteAnswer(
	relay: Relay,
	{ raw, parameter }: RelayRequest,
): Promise<Answer> {
	if (!relay.takesAnswers) return noBox();
	const refusal = refusalOf(relay, raw.headers.authorization);
	if (refusal) return refusal;
	await relay.store.answers.drop(parameter);
	return { status: 204, headers: { 'cache-control': 'no-store' }, body: '' };
}

function noBox(): Answer {
	return problem(404, 'not-found', 'This relay takes no answers.');
}
