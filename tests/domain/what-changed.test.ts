import { defaultTemplate } from '$lib/domain/compose.ts';
import { buildReport, checkedRows } from '$lib/domain/report.ts';
import { defaultSettings } from '$lib/domain/settings.ts';
import { whatChanged, type Question } from '$lib/invitations/what-changed.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';

const maya = aClient({ id: 'a', firstName: 'Maya', lastName: 'Okafor' });
const sam = aClient({ id: 'b', firstName: 'Sam', lastName: 'Ortiz' });
const lena = aClient({ id: 'c', firstName: 'Lena', lastName: 'Voss' });

function question(clients: (typeof maya)[], other: Partial<Question> = {}): Question {
	const report = buildReport({ clients, contacts: [], invitations: [], messages: [], now: 0 });
	return {
		rows: checkedRows(report, {}),
		template: defaultTemplate,
		practice: defaultSettings.practice,
		relay: defaultSettings.relay,
		invitation: defaultSettings.invitation,
		...other,
	};
}

test('the same question, read anew from disk, is no change', () => {
	expect(whatChanged(question([maya, sam]), question([{ ...maya }, { ...sam }]))).toEqual([]);
});

test('who came, who went and who was changed is said, one and many', () => {
	const asked = question([maya, sam]);
	expect(whatChanged(asked, question([maya, sam, lena]))).toEqual(['1 person was added.']);
	expect(whatChanged(asked, question([]))).toEqual(['2 people are no longer among them.']);
	const moved = { ...maya, emailAddress: 'other@mail.example' };
	expect(whatChanged(asked, question([moved, lena]))).toEqual([
		'1 person was added.',
		'1 person is no longer among them.',
		'What is known about 1 person was changed.',
	]);
});

test('another message, sender, relay or time is said', () => {
	const asked = question([maya]);
	const now = question([maya], {
		template: { ...defaultTemplate, subject: 'Other' },
		practice: { ...defaultSettings.practice, replyTo: 'other@harbor.example' },
		relay: { ...defaultSettings.relay, url: 'https://relay.example' },
		invitation: { ...defaultSettings.invitation, undoWindowMs: 0, expiryDays: 3 },
	});
	expect(whatChanged(asked, now)).toEqual([
		'The message was changed.',
		'The practice details were changed.',
		'The email relay was changed.',
		'The time to undo a sending was changed.',
		'The days until an invitation expires were changed.',
	]);
});
