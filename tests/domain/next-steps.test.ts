import { expect, it } from 'vitest';
import { growthInWords } from '../../src/lib/clients/overview/growth-words.ts';
import { nextSteps } from '../../src/lib/clients/overview/next-steps.ts';
import { weekInWords } from '../../src/lib/clients/overview/week-words.ts';
import { defaultSettings, type SettingsRow } from '../../src/lib/domain/settings.ts';

const counts = { ready: 0, held: 0, waiting: 0, invited: 5, joined: 2, 'left-out': 1 };
const due = {
	expiring: 0,
	expired: 0,
	bounced: 0,
	withoutAddress: 0,
	heldMessages: 0,
	unconfirmedMessages: 0,
	queuedMessages: 0,
};
const complete: SettingsRow[] = [
	{
		id: 'practice',
		practiceName: 'Harbor Practice',
		yourName: 'Dana Reyes',
		replyTo: 'dana@harbor.example',
		portalAddress: 'https://portal.example/join',
	},
	{ ...defaultSettings.relay, kind: 'portico', url: 'https://relay.example' },
];
const idsOf = (...given: Parameters<typeof nextSteps>) => nextSteps(...given).map(({ id }) => id);

it('names nothing when nothing is due', () => {
	expect(nextSteps({ counts, due }, complete)).toEqual([]);
	expect(nextSteps({ counts, due: { ...due, queuedMessages: 3 } }, complete)).toEqual([]);
});

it('asks for the practice and a relay only where somebody is to be invited', () => {
	expect(idsOf({ counts, due }, [])).toEqual([]);
	expect(idsOf({ counts: { ...counts, ready: 1 }, due }, [])).toEqual([
		'practice',
		'relay',
		'ready',
	]);
	expect(idsOf({ counts: { ...counts, held: 1 }, due }, complete)).toEqual(['look']);
});

it('puts what waits for a person first, and leads to where it is done', () => {
	const all = {
		expiring: 1,
		expired: 2,
		bounced: 1,
		withoutAddress: 3,
		heldMessages: 1,
		unconfirmedMessages: 2,
		queuedMessages: 4,
	};
	const byHand: SettingsRow = { ...defaultSettings.relay, kind: 'by-hand' };
	const steps = nextSteps({ counts: { ...counts, ready: 1204 }, due: all }, [
		...complete.slice(0, 1),
		byHand,
	]);
	expect(steps.map(({ words, href }) => `${words} → ${href}`)).toEqual([
		'Decide about 1 held message → #/outbox',
		'Say whether 2 messages arrived → #/outbox/unconfirmed',
		'Hand over 4 invitations → #/outbox/hand-over',
		'Invite 1,204 clients never invited before → #/report',
		'Remind 1 client: the invitation ends within seven days → #/report?which=waiting',
		'Send 2 invitations that ran out again → #/report?which=waiting',
		'Find a new address for 1 client whose mail came back → #/report?which=bounced',
		'Ask 3 clients for an email address → #/clients?portal=left-out',
	]);
});

it('tells the week in sentences, and leaves out what did not happen', () => {
	const week = {
		since: 0,
		added: 1204,
		removed: 0,
		invited: 1,
		joined: 0,
		refused: 1,
		bounced: 2,
		doNotEmail: 1,
	};
	expect(weekInWords(week).map(({ words }) => words)).toEqual([
		'1,204 clients were added',
		'1 client was invited for the first time',
		'1 message was refused',
		'Mail to 2 clients came back',
		'1 client asked not to be emailed',
	]);
});

it('says the trend of the chart in words', () => {
	const point = (month: number, invited: number, joined: number) => ({
		from: new Date(2026, month, 1).getTime(),
		invited,
		joined,
	});
	expect(growthInWords({ unit: 'month', points: [point(0, 3, 0), point(4, 1204, 0)] })).toBe(
		'From January 2026 to May 2026: invited rose from 3 to 1,204, joined stayed at 0.',
	);
});
