import { expect, test } from 'vitest';
import { problemName, relayAtTest, robin, smtpAtTest, testFolder } from './relay-at-test.ts';

/** A promise and what settles it: the mail server answers when the test says so. */
function later(): { promise: Promise<undefined>; resolve: () => void } {
	let resolve = () => {};
	const promise = new Promise<undefined>((settle) => (resolve = () => settle(undefined)));
	return { promise, resolve };
}

test('a message leaves with what it said, under a Message-ID made from its key', async () => {
	const smtp = await smtpAtTest();
	const relay = await relayAtTest({ smtpUrl: smtp.url, sender: 'mail@harbour.example' });
	const answer = await relay.post('key-1');
	expect(answer.status).toBe(202);
	const [mail] = smtp.mails;
	expect(mail).toMatchObject({
		recipients: [robin.to.address],
		to: robin.to,
		from: { name: robin.from.name, address: 'mail@harbour.example' },
		replyTo: robin.replyTo,
		subject: robin.subject,
		html: robin.html,
		messageId: `<${String(answer.body.id)}@harbour.example>`,
	});
	expect(mail?.text.trim()).toBe(robin.text.trim());
	expect(await relay.stateOf('key-1')).toBe('accepted');
	expect(await relay.stateOf('key-2')).toBe(404);
});

test('a repeated key gets the same answer and no second mail, also after a restart', async () => {
	const smtp = await smtpAtTest();
	const dataFolder = testFolder();
	const first = await relayAtTest({ smtpUrl: smtp.url, dataFolder });
	const answer = await first.post('key-1');
	expect(await first.post('key-1')).toMatchObject({ status: 202, body: answer.body });
	await first.close();
	const second = await relayAtTest({ smtpUrl: smtp.url, dataFolder });
	expect(second.token).toBe(first.token);
	expect(await second.post('key-1')).toMatchObject({ status: 202, body: answer.body });
	expect(smtp.mails).toHaveLength(1);
});

test('twenty requests at once with one key make one mail; the others hear that it is under way', async () => {
	const allHeard = later();
	const smtp = await smtpAtTest({ onMessage: () => allHeard.promise });
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	let waiting = 20;
	const answers = await Promise.all(
		Array.from({ length: 20 }, async () => {
			const answer = await relay.post('key-1');
			if (--waiting === 1) allHeard.resolve();
			return answer;
		}),
	);
	const under = answers.filter(({ status }) => status === 409);
	expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
	expect(under).toHaveLength(19);
	expect(new Set(under.map(problemName))).toEqual(new Set(['under-way']));
	expect(under[0]?.headers.get('retry-after')).toBe('1');
	expect((await relay.post('key-1')).status).toBe(202);
	expect(smtp.mails).toHaveLength(1);
});

test('while a message is handed over, its state is under-way', async () => {
	const reached = later();
	const asked = later();
	const smtp = await smtpAtTest({
		onMessage() {
			reached.resolve();
			return asked.promise;
		},
	});
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	const first = relay.post('key-1');
	await reached.promise;
	expect(await relay.stateOf('key-1')).toBe('under-way');
	asked.resolve();
	await first;
	expect(await relay.stateOf('key-1')).toBe('accepted');
});

test('a key that comes with another body is refused, whether settled or under way', async () => {
	const smtp = await smtpAtTest({ onMessage: () => ({ delayMs: 200 }) });
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	const first = relay.post('key-1');
	const other = { ...robin, subject: 'Something else' };
	const during = await relay.post('key-1', other);
	await first;
	const after = await relay.post('key-1', other);
	expect([during.status, after.status]).toEqual([422, 422]);
	expect([problemName(during), problemName(after)]).toEqual(['key-reused', 'key-reused']);
	expect(smtp.mails).toHaveLength(1);
});

test('the order of fields in the JSON does not make another body', async () => {
	const relay = await relayAtTest();
	const turned = Object.fromEntries(Object.entries(robin).reverse());
	expect((await relay.post('key-1')).status).toBe(202);
	expect((await relay.post('key-1', turned)).status).toBe(202);
});

test('many messages share few connections to the mail server', async () => {
	const smtp = await smtpAtTest();
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	for (let n = 0; n < 10; n += 1) expect((await relay.post(`key-${n}`)).status).toBe(202);
	expect(smtp.mails).toHaveLength(10);
	expect(smtp.connections).toBe(1);
});
