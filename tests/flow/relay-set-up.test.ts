import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { SignIn } from '$lib/domain/settings/relay.ts';
import { lazyRelay } from '$lib/relay/lazy-relay.ts';
import { pageRelays } from '$lib/relay/page-relays.ts';
import { relayFrom } from '$lib/relay/relays.ts';
import { workerRelays } from '$lib/relay/worker-relays.ts';
import { checkSetUp } from '$lib/settings/relay-setup/check-set-up.ts';
import { saveSetUp, signOut, undoSetUp } from '$lib/settings/relay-setup/save-set-up.ts';
import { setUpOf } from '$lib/settings/relay-setup/set-ups.ts';
import { outcomeInWords, relayOnTrial, testMessage } from '$lib/settings/relay-setup/trial.ts';
import { openVault } from '$lib/vault/vault.ts';
import { describe, expect, test } from 'vitest';
import { Device } from '../support/device.ts';
import { KeptSignIn } from '../support/kept-sign-in.ts';

const open = () => openVault('t', new Device().openContext().ports);
const edit = <T>(value: T, base: unknown = '') => ({ value, base });
const emailJs = {
	publicKey: edit('pk'),
	serviceId: edit('service_1'),
	templateId: edit('template_1'),
};
const signIn: SignIn = {
	id: 'sign-in',
	kind: 'gmail',
	account: 'dana@example.com',
	accessToken: 'ya29.fictional',
	refreshToken: '',
	expiresAt: 2_000_000_000_000,
};
const relayIn = (rows: readonly SettingsRow[]) => settingsFrom(rows, 'relay');

test('a kind is used once its form is saved, at its own pace, in one commit', async () => {
	const vault = await open();
	const outcome = await saveSetUp(vault, 'emailjs', emailJs);
	expect(outcome.kind).toBe('saved');
	const rows = vault.snapshot.rows('settings');
	expect(relayIn(rows)).toMatchObject({
		kind: 'emailjs',
		messagesPerSecond: 1,
		messagesPerDay: 0,
		messagesPerMonth: 200,
	});
	expect(settingsFrom(rows, 'emailjs')).toEqual({
		id: 'emailjs',
		publicKey: 'pk',
		serviceId: 'service_1',
		templateId: 'template_1',
	});
	expect((await vault.load('journal')).rows('journal')).toHaveLength(1);
	expect(await saveSetUp(vault, 'emailjs', {})).toEqual({ kind: 'unchanged' });
	vault.close();
});

test('another kind keeps what was entered for the first, and undo goes back to it', async () => {
	const vault = await open();
	await saveSetUp(vault, 'portico', {
		url: edit('https://relay.example.com'),
		token: edit('a token'),
		messagesPerSecond: edit(3, 10),
	});
	const saved = await saveSetUp(vault, 'emailjs', emailJs);
	if (saved.kind !== 'saved') throw new Error(saved.kind);
	expect(relayIn(vault.snapshot.rows('settings'))).toMatchObject({
		kind: 'emailjs',
		url: 'https://relay.example.com',
		token: 'a token',
	});
	expect(await undoSetUp(vault, 'emailjs', saved)).toEqual([]);
	expect(relayIn(vault.snapshot.rows('settings'))).toMatchObject({
		kind: 'portico',
		url: 'https://relay.example.com',
		messagesPerSecond: 3,
	});
	vault.close();
});

test('what another tab changed meanwhile is not overwritten, and nothing is half saved', async () => {
	const vault = await open();
	await saveSetUp(vault, 'emailjs', emailJs);
	const outcome = await saveSetUp(vault, 'emailjs', {
		publicKey: edit('mine', 'what stood there before'),
		messagesPerMonth: edit(500, 200),
	});
	expect(outcome).toEqual({ kind: 'changed-elsewhere', fields: ['publicKey'] });
	expect(setUpOf(vault.snapshot.rows('settings'), 'emailjs')).toMatchObject({
		publicKey: 'pk',
		messagesPerMonth: 200,
	});
	vault.close();
});

describe('a sign-in', () => {
	test('is saved with its kind, and forgotten with the choice of another', async () => {
		const vault = await open();
		await saveSetUp(vault, 'gmail', { clientId: edit('1.apps.googleusercontent.com') }, signIn);
		expect(relayIn(vault.snapshot.rows('settings')).kind).toBe('gmail');
		expect(settingsFrom(vault.snapshot.rows('settings'), 'sign-in')).toEqual(signIn);
		await saveSetUp(vault, 'gmail', { messagesPerDay: edit(100, 500) });
		expect(settingsFrom(vault.snapshot.rows('settings'), 'sign-in')).toEqual(signIn);
		await saveSetUp(vault, 'by-hand', {});
		expect(settingsFrom(vault.snapshot.rows('settings'), 'sign-in')).toMatchObject({
			kind: '',
			account: '',
			accessToken: '',
		});
		vault.close();
	});

	test('is gone after signing out, and nothing can leave', async () => {
		const vault = await open();
		await saveSetUp(vault, 'gmail', { clientId: edit('1.apps.googleusercontent.com') }, signIn);
		await signOut(vault);
		const rows = vault.snapshot.rows('settings');
		expect(settingsFrom(rows, 'sign-in').accessToken).toBe('');
		expect(relayFrom(rows, new KeptSignIn(), pageRelays)).toBeUndefined();
		expect(settingsFrom(rows, 'gmail').clientId).toBe('1.apps.googleusercontent.com');
		vault.close();
	});
});

describe('what is wrong with a form', () => {
	const pace = { messagesPerSecond: 1, messagesPerDay: 0, messagesPerMonth: 0 };
	const wrong = (errors: Record<string, string>) =>
		Object.keys(errors).filter((field) => errors[field] !== '');

	test.each([
		['https://relay.example.com', true],
		['http://127.0.0.1:4173', true],
		['http://relay.example.com', false],
		['https://relay.example.com?a=1', false],
		['', false],
	])('relay address %s', (url, isRight) => {
		expect(wrong(checkSetUp('portico', { ...pace, url, token: 't' }))).toEqual(
			isRight ? [] : ['url'],
		);
	});

	test('every kind says which fields are missing', () => {
		const blank = { url: '', token: '', publicKey: '', serviceId: '', templateId: '' };
		const more = { ...pace, ...blank, clientId: '', tenant: '', sessionUrl: '' };
		expect(wrong(checkSetUp('emailjs', more))).toEqual(['publicKey', 'serviceId', 'templateId']);
		expect(wrong(checkSetUp('gmail', more))).toEqual(['clientId']);
		expect(wrong(checkSetUp('microsoft', more))).toEqual(['clientId', 'tenant']);
		expect(wrong(checkSetUp('jmap', more))).toEqual(['sessionUrl', 'token']);
		expect(wrong(checkSetUp('by-hand', pace))).toEqual([]);
	});

	test.each([
		[{ messagesPerSecond: 0 }, 'messagesPerSecond'],
		[{ messagesPerSecond: 101 }, 'messagesPerSecond'],
		[{ messagesPerDay: -1 }, 'messagesPerDay'],
		[{ messagesPerMonth: 1.5 }, 'messagesPerMonth'],
	])('%o', (change, field) => {
		expect(wrong(checkSetUp('by-hand', { ...pace, ...change }))).toEqual([field]);
	});
});

test('page and worker make the same relays of the same settings', () => {
	const traits = (kind: 'emailjs' | 'gmail' | 'microsoft' | 'jmap') =>
		[pageRelays, workerRelays].map((makers) => {
			const rows: SettingsRow[] = [{ ...relayIn([]), kind }];
			const relay = relayFrom(rows, new KeptSignIn(), makers);
			return [relay?.dropsRepeats, relay?.keyMemoryMs, relay?.ask !== undefined];
		});
	for (const kind of ['emailjs', 'gmail', 'microsoft', 'jmap'] as const) {
		const [page, worker] = traits(kind);
		expect(page).toEqual(worker);
	}
});

test('a relay whose code cannot be fetched sends nothing, and says so', async () => {
	const relay = lazyRelay({ dropsRepeats: false, keyMemoryMs: 0, canBeAsked: true }, () =>
		Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
	);
	const message = testMessage({ ...settingsFrom([], 'practice'), replyTo: 'dana@example.com' });
	expect((await relay.send(message, 'k')).kind).toBe('unreachable');
	expect(await relay.reach()).toBe(false);
	expect(await relay.ask?.('k')).toBe('no-answer');
	expect((await relay.health()).kind).toBe('trouble');
});

test('the test goes to the reply-to address, through the form as it stands, past the outbox', async () => {
	const vault = await open();
	await vault.load('settings', 'messages');
	const practice = {
		...settingsFrom([], 'practice'),
		yourName: 'Dana <Reyes>',
		replyTo: 'dana@example.com',
	};
	const message = testMessage(practice);
	expect(message.to).toEqual({ name: 'Dana <Reyes>', address: 'dana@example.com' });
	expect(message.html).not.toContain('<Reyes>');
	const setUp = { ...setUpOf([], 'portico'), url: 'http://127.0.0.1:9', token: 't' };
	const relay = relayOnTrial(vault, 'portico', setUp);
	expect((await relay?.send(message, 'k'))?.kind).toBe('unknown');
	expect(relayOnTrial(vault, 'by-hand', setUpOf([], 'by-hand'))).toBeUndefined();
	expect(vault.snapshot.rows('settings')).toEqual([]);
	expect(vault.snapshot.rows('messages')).toEqual([]);
	vault.close();
});

test('every outcome of the test has its words, and none says more than is known', () => {
	const titles = (
		['accepted', 'refused', 'relay-refused', 'throttled', 'unreachable', 'unknown'] as const
	).map((kind) => outcomeInWords({ kind, detail: 'Why.', untilMs: 1 }, 'dana@example.com').title);
	expect(titles).toEqual([
		'The test is on its way',
		'The test was refused',
		'The test was refused',
		'The test was not sent: a limit is reached',
		'The test did not leave',
		'Nobody can say whether the test left',
	]);
});
