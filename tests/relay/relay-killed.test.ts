import { afterEach, expect, test } from 'vitest';
import { startRelayProcess, type RelayProcess } from '../support/relay-process.ts';
import { callsTo, problemName, robin, smtpAtTest, testFolder } from './relay-at-test.ts';

let running: RelayProcess | undefined;
afterEach(() => running?.kill('SIGKILL'));

test.each([
	['took the mail', true, 1],
	['lost the mail', false, 0],
])(
	'killed while it handed a message over, and the server %s: in doubt after the restart, never sent again',
	async (_truth, keep, count) => {
		let reachMessage = () => undefined as void;
		const messageReached = new Promise<void>((resolve) => (reachMessage = resolve));
		let dropNow = () => undefined as void;
		const relayDead = new Promise<void>((resolve) => (dropNow = resolve));
		const smtp = await smtpAtTest({
			async onMessage(mail) {
				if (mail.to.name !== 'Robin Vale') return undefined;
				reachMessage();
				await relayDead;
				return { drop: true, keep };
			},
		});
		const dataFolder = testFolder();
		const env = { PORTICO_SMTP_URL: smtp.url };
		running = await startRelayProcess({ env, dataFolder });
		const before = callsTo(running);
		const sam = { ...robin, to: { name: 'Sam', address: 'sam@example.com' } };
		expect((await before.post('key-sam', sam)).status).toBe(202);
		const lost = before.post('key-robin').catch(() => 'lost');
		await messageReached;
		await running.kill('SIGKILL');
		dropNow();
		expect(await lost).toBe('lost');

		running = await startRelayProcess({ env, dataFolder, port: running.port });
		const after = callsTo(running);
		expect(await after.stateOf('key-robin')).toBe('in-doubt');
		const again = await after.post('key-robin');
		expect([again.status, problemName(again)]).toEqual([409, 'in-doubt']);
		expect((await after.post('key-sam', sam)).status).toBe(202);
		expect((await after.post('key-kim', { ...sam, text: 'Dear Kim' })).status).toBe(202);
		expect(smtp.mails.filter(({ to }) => to.name === 'Robin Vale')).toHaveLength(count);
		expect(smtp.mails.filter(({ to }) => to.name === 'Sam')).toHaveLength(2);
	},
);

test('killed again and again over a mailbox: every answered message is there once', async () => {
	const dataFolder = testFolder();
	const keys = Array.from({ length: 60 }, (_, n) => `key-${n}`);
	const open = new Set(keys);
	let port = 0;
	for (let round = 0; round < 4; round += 1) {
		running = await startRelayProcess({ dataFolder, port });
		port = running.port;
		const { post } = callsTo(running);
		const work = Promise.all(
			[...open].map(async (key) => {
				const answer = await post(key).catch(() => undefined);
				if (answer?.status === 202) open.delete(key);
			}),
		);
		const delayMs = 15 * (round + 1);
		if (round < 3) await new Promise((resolve) => setTimeout(resolve, delayMs));
		else await work;
		await running.kill(round < 3 ? 'SIGKILL' : 'SIGTERM');
		await work;
	}
	expect([...open]).toEqual([]);
	running = await startRelayProcess({ dataFolder, port });
	const mails = (await (await fetch(`${running.url}/mailbox.json`)).json()) as { key: string }[];
	expect(mails.map(({ key }) => key).sort()).toEqual([...keys].sort());
});

test.each(['onSender', 'onRecipient'] as const)(
	'killed at the mail server’s %s, before it had the message: in doubt, and no mail',
	async (hook) => {
		let reach = () => undefined as void;
		const reached = new Promise<void>((resolve) => (reach = resolve));
		let dropNow = () => undefined as void;
		const relayDead = new Promise<void>((resolve) => (dropNow = resolve));
		const smtp = await smtpAtTest({
			async [hook]() {
				reach();
				await relayDead;
				return { drop: true };
			},
		});
		const dataFolder = testFolder();
		const env = { PORTICO_SMTP_URL: smtp.url };
		running = await startRelayProcess({ env, dataFolder });
		const lost = callsTo(running)
			.post('key-robin')
			.catch(() => 'lost');
		await reached;
		await running.kill('SIGKILL');
		dropNow();
		expect(await lost).toBe('lost');
		smtp.hooks = {};
		running = await startRelayProcess({ env, dataFolder, port: running.port });
		const after = callsTo(running);
		expect(await after.stateOf('key-robin')).toBe('in-doubt');
		expect((await after.post('key-robin')).status).toBe(409);
		expect(smtp.mails).toHaveLength(0);
	},
);

test('killed again and again over a mail server: never two mails of a key, and every answer is true', async () => {
	const smtp = await smtpAtTest();
	const env = { PORTICO_SMTP_URL: smtp.url };
	const dataFolder = testFolder();
	const keys = Array.from({ length: 60 }, (_, n) => `key-${n}`);
	const open = new Set(keys);
	const doubtful = new Set<string>();
	const bodyOf = (key: string) => ({ ...robin, subject: key });
	let port = 0;
	for (let round = 0; open.size > 0; round += 1) {
		running = await startRelayProcess({ env, dataFolder, port });
		port = running.port;
		const { post, stateOf } = callsTo(running);
		const isLast = round === 4;
		const work = Promise.all(
			[...open].map(async (key) => {
				const answer = await post(key, bodyOf(key)).catch(() => undefined);
				if (answer?.status === 202) open.delete(key);
				if (answer?.status !== 409 || (await stateOf(key).catch(() => '')) !== 'in-doubt') return;
				open.delete(key);
				doubtful.add(key);
			}),
		);
		const delayMs = 20 * (round + 1);
		if (!isLast) await new Promise((resolve) => setTimeout(resolve, delayMs));
		else await work;
		await running.kill(isLast ? 'SIGTERM' : 'SIGKILL');
		await work;
	}
	const count = (key: string) => smtp.mails.filter(({ subject }) => subject === key).length;
	for (const key of keys)
		if (doubtful.has(key)) expect(count(key)).toBeLessThanOrEqual(1);
		else expect(count(key)).toBe(1);
});
