import { buildReport } from '$lib/domain/report.ts';
import { answerBox } from '$lib/domain/answer-box.ts';
import { defaultSettings, settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { AnswerKind } from '$lib/domain/welcome-receipt.ts';
import { readWelcomeToken } from '$lib/domain/welcome-token.ts';
import { wordingFrom } from '$lib/domain/wording.ts';
import { publicJwk, thumbprint } from '$lib/invitations/door/keys.ts';
import { makeReceipt } from '$lib/invitations/door/receipts.ts';
import { takeAnswers, takenInWords, undoTaken } from '$lib/invitations/door/take-answers.ts';
import { sendAnswer } from '$lib/invitations/door/welcome/send-answer.ts';
import { sendInvitations } from '$lib/invitations/send-invitations.ts';
import { porticoAnswers } from '$lib/relay/portico-answers.ts';
import { porticoRelay } from '$lib/relay/portico.ts';
import type { Changes, Vault } from '$lib/vault/types.ts';
import { expect, test } from 'vitest';
import { relayAtTest } from '../relay/relay-at-test.ts';
import { openDoor, someClaims, someSigner } from '../support/door.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { someClient } from '../support/some-client.ts';

const now = Date.UTC(2026, 4, 3, 9);
const day = 86_400_000;
const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/join',
};
const all = ['clients', 'contacts', 'portalUsers', 'invitations', 'messages', 'settings'] as const;
const door = { ...openDoor, answersThroughRelay: true };

async function put(vault: Vault, rows: Changes['put']): Promise<void> {
	await vault.commit(() => ({ put: rows }), { what: 'test', count: 1 }, { needs: all });
}

/** A practice with a relay that takes answers, and the token of each client's letter. */
async function aPractice(ids: readonly string[]) {
	const relay = await relayAtTest({ takesAnswers: true, answersPerMinute: 100 });
	const vault = await openTestVault();
	const settings: SettingsRow[] = [
		practice,
		door,
		{ ...defaultSettings.relay, kind: 'portico', url: `${relay.url}/`, token: relay.token },
	];
	const clients = ids.map((id) => someClient(id, { emailAddress: `${id}@example.com` }));
	await put(vault, { clients, settings });
	const state = await vault.load(...all);
	const { rows } = buildReport({
		clients: state.rows('clients'),
		contacts: [],
		invitations: [],
		messages: [],
		now,
	});
	const invitation = { undoWindowMs: 0, expiryDays: 30 };
	const sending = { rows, template: wordingFrom([], 'en'), practice, invitation, door };
	await sendInvitations(vault, sending, { now: () => now, crypto });
	const tokens = (await vault.load('messages'))
		.rows('messages')
		.map(
			({ fields }) =>
				fields.find((value) => value.includes('#/welcome/'))?.split('#/welcome/')[1] ?? '',
		);
	const token = (at: number) => tokens[at] ?? '';
	const keys = settingsFrom(vault.snapshot.rows('settings'), 'door-keys');
	const key = await thumbprint(publicJwk(keys), crypto);
	const box = porticoAnswers({ url: relay.url, token: relay.token, key });
	return {
		relay,
		vault,
		token,
		box,
		/** As the welcome page does it. */
		give: async (at: number, kind: AnswerKind) => {
			const read = readWelcomeToken(token(at));
			const box = read.kind === 'read' ? read.token.claims.box : '';
			expect(box).toBe(relay.url);
			return sendAnswer(box, await makeReceipt(token(at), kind, now + day, crypto));
		},
		take: async () => {
			return takeAnswers(vault, (await box.list()) ?? [], () => now + day);
		},
	};
}

const clientIn = (vault: Vault, id: string) => vault.snapshot.get('clients', id);

test('what is answered on the page comes back through the relay as a fact, and can be undone', async () => {
	const { vault, give, take, box } = await aPractice(['maya', 'noor', 'ola']);
	expect([await give(0, 'joined'), await give(1, 'do-not-email')]).toEqual([true, true]);
	const taken = await take();
	expect(taken.toLookAt).toEqual([]);
	expect(takenInWords(taken)).toBe(
		'2 answers came through the relay: one person joined, one person asked not to be emailed.',
	);
	expect(clientIn(vault, 'maya')?.hasJoinedPortal).toBe(true);
	expect(clientIn(vault, 'noor')?.isDoNotEmail).toBe(true);
	// Before the relay was told it may come again, and changes nothing then.
	const again = await take();
	expect([again.applied, again.settled.length]).toEqual([[], 2]);
	for (const id of taken.settled) expect(await box.forget(id)).toBe(true);
	expect(await box.list()).toEqual([]);
	await undoTaken(vault, taken);
	expect(clientIn(vault, 'maya')?.hasJoinedPortal).toBe(false);
	expect(clientIn(vault, 'noor')?.isDoNotEmail).toBe(false);
	vault.close();
});

test('forged answers, and those of others, change nothing', async () => {
	const { vault, give, take, token, relay } = await aPractice(['maya']);
	const stranger = await someSigner();
	const foreign = await makeReceipt(
		await stranger.sign(someClaims()),
		'do-not-email',
		now + day,
		crypto,
	);
	const real = await makeReceipt(token(0), 'joined', now + day, crypto);
	// The code of a real invitation in a token that somebody else signed.
	const read = readWelcomeToken(token(0));
	const claims = read.kind === 'read' ? read.token.claims : someClaims();
	const forged = await makeReceipt(await stranger.sign(claims), 'do-not-email', now + day, crypto);
	// The last letter has bits that must be 0: it stays, so that this looks like an answer.
	const middle = real.slice(-40, -20);
	const altered = `${real.slice(0, -40)}${[...middle].reverse().join('')}${real.slice(-20)}`;
	for (const text of [foreign, forged, altered])
		expect(await sendAnswer(relay.url, text)).toBe(true);
	const before = clientIn(vault, 'maya');
	const taken = await take();
	expect(taken.applied).toEqual([]);
	expect(taken.toLookAt).toEqual([]);
	expect(clientIn(vault, 'maya')).toEqual(before);
	expect(await give(0, 'joined')).toBe(true);
	expect((await take()).applied).toHaveLength(1);
	vault.close();
});

test('the same answer again, in a receipt of its own, changes nothing', async () => {
	const { vault, give, take, box } = await aPractice(['maya']);
	await give(0, 'joined');
	expect((await take()).applied).toHaveLength(1);
	for (let n = 0; n < 3; n++) await give(0, 'joined');
	const { applied, toLookAt, settled } = await take();
	expect([applied, toLookAt, settled.length]).toEqual([[], [], 4]);
	for (const id of settled) await box.forget(id);
	expect(await box.list()).toEqual([]);
	expect(vault.snapshot.rows('invitations')[0]?.answers).toHaveLength(1);
	vault.close();
});

test('a yes after a no waits for a person', async () => {
	const { vault, give, take } = await aPractice(['maya']);
	await give(0, 'declined');
	expect((await take()).applied.map(({ kind }) => kind)).toEqual(['declined']);
	await give(0, 'joined');
	const taken = await take();
	expect([taken.applied, taken.toLookAt.length]).toEqual([[], 1]);
	expect(clientIn(vault, 'maya')?.hasJoinedPortal).toBe(false);
	vault.close();
});

test('a relay is named in the link only where the practice wants it, and said to take answers only where it does', async () => {
	const relay = {
		...defaultSettings.relay,
		kind: 'portico' as const,
		url: 'https://relay.example/',
	};
	expect(answerBox([relay, door])).toBe('https://relay.example');
	expect(answerBox([relay, { ...door, answersThroughRelay: false }])).toBe('');
	expect(answerBox([relay, { ...door, isOn: false }])).toBe('');
	expect(answerBox([{ ...relay, kind: 'emailjs' }, door])).toBe('');
	const [on, off] = [await relayAtTest({ takesAnswers: true }), await relayAtTest()];
	expect(await porticoRelay(on).health()).toMatchObject({ kind: 'well', takesAnswers: true });
	expect(await porticoRelay(off).health()).not.toHaveProperty('takesAnswers');
	const key = 'k'.repeat(43);
	expect(await porticoAnswers({ ...off, key }).list()).toBeUndefined();
	const nowhere = { url: 'http://127.0.0.1:1', token: 'x', key };
	expect(await porticoAnswers(nowhere).list()).toBeUndefined();
	expect(await sendAnswer('http://127.0.0.1:1', 'x')).toBe(false);
});
