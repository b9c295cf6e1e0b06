import { reminderWords } from '$lib/domain/reminder-words.ts';
import { whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { wordingFrom } from '$lib/domain/wording.ts';
import { portalBlockers } from '$lib/invitations/portal/portal-blockers.ts';
import { expect, test } from 'vitest';

const practice = {
	...defaultSettings.practice,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/',
};
const relay = { ...defaultSettings.relay, kind: 'portico' as const, url: '/relay' };
const template = wordingFrom([], 'en');
const broken = { ...reminderWords.en, subject: ' ', body: 'Hello {nobody}' };
const invitation = { undoWindowMs: 0, expiryDays: 30 };
const letter = { template, reminder: reminderWords.en, practice, invitation };

test('a reminder that is broken blocks ‘Resend’ alone, in the words of the report', () => {
	expect(portalBlockers(letter, relay, true)).toEqual({
		canInvite: true,
		canRemind: true,
		told: [],
	});
	const words = whatBlocksSending({ practice, relay, template: broken }).map((one) => one.words);
	expect(words).toHaveLength(3);
	const blocked = portalBlockers({ ...letter, reminder: broken }, relay, true);
	expect(blocked).toMatchObject({ canInvite: true, canRemind: false });
	expect(blocked.told).toEqual([
		{
			title: 'No reminder can be sent yet',
			words,
			ways: [{ href: '#/settings/invitation', label: 'Mend the message' }],
		},
	]);
	// Nobody is there to be reminded: it is not said, and would not be sent.
	expect(portalBlockers({ ...letter, reminder: broken }, relay, false)).toMatchObject({
		canRemind: false,
		told: [],
	});
});

test('what both lack is said once', () => {
	const lacking = { ...letter, practice: { ...practice, yourName: '' } };
	const { told } = portalBlockers({ ...lacking, reminder: broken }, relay, true);
	expect(told.map(({ title, words }) => [title, words.length])).toEqual([
		['Nothing can be sent yet', 1],
		['No reminder can be sent yet', 3],
	]);
	expect(portalBlockers({ ...letter, template: broken }, relay, true)).toMatchObject({
		canInvite: false,
		canRemind: true,
		told: [{ title: 'No invitation can be sent yet' }],
	});
});
