import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startRelayProcess, type RelayProcess } from '../support/relay-process.ts';
import { callsTo, relayAtTest, robin, smtpAtTest, testFolder } from './relay-at-test.ts';

let running: RelayProcess | undefined;
afterEach(() => running?.kill('SIGKILL'));

test.each(['SIGTERM', 'SIGINT'] as const)(
	'%s lets the message at work end, stores it and exits with 0',
	async (signal) => {
		let reachMessage = () => undefined as void;
		const messageReached = new Promise<void>((resolve) => (reachMessage = resolve));
		const smtp = await smtpAtTest({
			onMessage() {
				reachMessage();
				return { delayMs: 400 };
			},
		});
		const dataFolder = testFolder();
		const env = { PORTICO_SMTP_URL: smtp.url };
		running = await startRelayProcess({ env, dataFolder });
		const answer = callsTo(running).post('key-1');
		await messageReached;
		const exitCode = running.kill(signal);
		expect((await answer).status).toBe(202);
		expect(await exitCode).toBe(0);
		running = await startRelayProcess({ env, dataFolder });
		expect(await callsTo(running).stateOf('key-1')).toBe('accepted');
		expect(smtp.mails).toHaveLength(1);
	},
);

test('what it prints tells nothing of people, keys or addresses', async () => {
	running = await startRelayProcess({ dataFolder: testFolder() });
	const { post, stateOf, url } = { ...callsTo(running), url: running.url };
	await post('a-secret-key');
	await post('a-secret-key', { ...robin, subject: 'line\nbreak' });
	await stateOf('a-secret-key');
	await fetch(`${url}/clients/robin.vale?name=robin`);
	await fetch(`${url}/mailbox/1.html`);
	await running.kill();
	const output = running.output();
	expect(output).toMatch(/^POST \/messages 202 \d+ ms$/m);
	expect(output).toMatch(/^POST \/messages 422 \d+ ms$/m);
	expect(output).toMatch(/^GET \/messages\/\{key\} 200 \d+ ms$/m);
	expect(output).toMatch(/^GET \(app\) 404 \d+ ms$/m);
	expect(output).not.toMatch(/robin|vale|harbour|secret|invitation to/i);
	expect(output).not.toContain(running.token);
});

test('a port in use and a data folder in use are each told in one line', async () => {
	running = await startRelayProcess({ dataFolder: testFolder() });
	const { port, dataFolder } = running;
	await expect(startRelayProcess({ port, dataFolder: testFolder() })).rejects.toThrow(
		/^The relay ended \(1\): Portico cannot start: Port \d+ is in use\. [^\n]+$/,
	);
	await expect(startRelayProcess({ dataFolder })).rejects.toThrow(
		/^The relay ended \(1\): Portico cannot start: The data folder \S+ is in use [^\n]+$/,
	);
});

test.each([
	['PORT', 'web'],
	['PORTICO_MESSAGES_PER_MINUTE', '0'],
	['PORTICO_ORIGINS', 'https://a.example/path'],
	['PORTICO_SMTP_URL', 'http://user:hunter2@mail.example'],
	['PORTICO_SENDER', 'nobody'],
	['PORTICO_TOKEN', 'short'],
])('a setting that cannot be used is named: %s', async (name, value) => {
	const start = startRelayProcess({ env: { [name]: value }, dataFolder: testFolder() });
	await expect(start).rejects.toThrow(
		new RegExp(`^The relay ended \\(1\\): Portico cannot start: ${name} must [^\n]+$`),
	);
	await expect(start).rejects.not.toThrow('hunter2');
});

test.skipIf(process.platform === 'win32')(
	'the token is made once, for its owner only',
	async () => {
		const dataFolder = testFolder();
		const first = await relayAtTest({ dataFolder });
		await first.close();
		const second = await relayAtTest({ dataFolder });
		expect(second.token).toBe(first.token);
		expect(first.token.length).toBeGreaterThanOrEqual(43);
		expect(statSync(join(dataFolder, 'token')).mode & 0o777).toBe(0o600);
	},
);
