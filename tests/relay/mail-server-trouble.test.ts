import { expect, test } from 'vitest';
import { problemName, relayAtTest, robin, smtpAtTest } from './relay-at-test.ts';

test('a refused recipient is refused for good, with the reason but without the address', async () => {
	const smtp = await smtpAtTest({
		onRecipient: (address) => ({ refuse: 550, words: `5.1.1 <${address}>: no such user` }),
	});
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	const answer = await relay.post('key-1');
	expect(answer.status).toBe(422);
	expect(problemName(answer)).toBe('refused');
	expect(answer.body.detail).toContain('no such user');
	expect(JSON.stringify(answer.body)).not.toContain('robin');
	smtp.hooks = {};
	expect(await relay.post('key-1')).toMatchObject({ status: 422, body: answer.body });
	expect(await relay.stateOf('key-1')).toBe('refused');
	expect(smtp.mails).toHaveLength(0);
});

test('a message refused after it was read is refused too', async () => {
	const smtp = await smtpAtTest({ onMessage: () => ({ refuse: 554, words: 'looks like spam' }) });
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	const answer = await relay.post('key-1');
	expect([answer.status, problemName(answer)]).toEqual([422, 'refused']);
});

test.each(['onSender', 'onRecipient', 'onMessage'] as const)(
	'a temporary refusal (%s) frees the key: the next try goes through',
	async (step) => {
		const smtp = await smtpAtTest({ [step]: () => ({ refuse: 451, words: 'later' }) });
		const relay = await relayAtTest({ smtpUrl: smtp.url });
		const answer = await relay.post('key-1');
		expect([answer.status, problemName(answer)]).toEqual([503, 'not-now']);
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(await relay.stateOf('key-1')).toBe(404);
		smtp.hooks = {};
		expect((await relay.post('key-1')).status).toBe(202);
		expect(smtp.mails).toHaveLength(1);
	},
);

test('a refused sender is the fault of the relay, not of the message', async () => {
	const smtp = await smtpAtTest({ onSender: () => ({ refuse: 553, words: 'not yours' }) });
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	const answer = await relay.post('key-1');
	expect([answer.status, problemName(answer)]).toEqual([503, 'not-now']);
	expect(answer.body.detail).toContain('sender');
});

test('no mail server: nothing left, the key is free', async () => {
	const smtp = await smtpAtTest();
	await smtp.close();
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	const answer = await relay.post('key-1');
	expect([answer.status, problemName(answer)]).toEqual([503, 'not-now']);
	expect(answer.headers.get('retry-after')).toBe('10');
	expect(await relay.stateOf('key-1')).toBe(404);
});

test('a connection lost before the message began: nothing left, the key is free', async () => {
	const smtp = await smtpAtTest({ onRecipient: () => ({ drop: true }) });
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	expect((await relay.post('key-1')).status).toBe(503);
	smtp.hooks = {};
	expect((await relay.post('key-1')).status).toBe(202);
	expect(smtp.mails).toHaveLength(1);
});

test.each([
	['lost', false, 0],
	['taken', true, 1],
])(
	'a connection lost at the message, which was in truth %s: in doubt, and never sent again',
	async (_truth, keep, count) => {
		const smtp = await smtpAtTest({ onMessage: () => ({ drop: true, keep }) });
		const relay = await relayAtTest({ smtpUrl: smtp.url });
		const answer = await relay.post('key-1');
		expect([answer.status, problemName(answer)]).toEqual([504, 'in-doubt']);
		smtp.hooks = {};
		const again = await relay.post('key-1');
		expect([again.status, problemName(again)]).toEqual([409, 'in-doubt']);
		expect(await relay.stateOf('key-1')).toBe('in-doubt');
		expect(smtp.mails).toHaveLength(count);
	},
);

test('a mail server that falls silent at the message leaves it in doubt', async () => {
	const smtp = await smtpAtTest({ onMessage: () => new Promise(() => {}) });
	// Long enough for all that is said before, on a busy machine.
	const relay = await relayAtTest({ smtpUrl: `${smtp.url}/?socketTimeout=2000` });
	const answer = await relay.post('key-1');
	expect([answer.status, problemName(answer)]).toEqual([504, 'in-doubt']);
});

test('an idle connection that the mail server ended costs no message', async () => {
	const smtp = await smtpAtTest();
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	expect((await relay.post('key-1')).status).toBe(202);
	let drops = 1;
	smtp.hooks = { onSender: () => (drops-- > 0 ? { drop: true } : undefined) };
	expect((await relay.post('key-2')).status).toBe(202);
	expect(smtp.connections).toBe(2);
	expect(smtp.mails).toHaveLength(2);
});

test('one trouble never touches the next message', async () => {
	const smtp = await smtpAtTest({
		onRecipient: (address) => (address.startsWith('bad') ? { refuse: 550 } : undefined),
		onMessage: (mail) => (mail.to.address.startsWith('lost') ? { drop: true } : undefined),
	});
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	const names = ['a', 'bad1', 'b', 'lost1', 'c', 'bad2', 'd'];
	const statuses: number[] = [];
	for (const name of names) {
		const to = { name, address: `${name}@example.com` };
		statuses.push((await relay.post(`key-${name}`, { ...robin, to })).status);
	}
	expect(statuses).toEqual([202, 422, 202, 504, 202, 422, 202]);
	expect(smtp.mails.map(({ to }) => to.name)).toEqual(['a', 'b', 'c', 'd']);
});
