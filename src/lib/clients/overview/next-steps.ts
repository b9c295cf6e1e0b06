import type { Overview } from '$lib/domain/overview.ts';
import { whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import { isRelaySetUp } from '$lib/domain/settings/relay.ts';
import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import { clientsInWords } from '../clients-in-words.ts';

/** One thing that is due now, and where it is done. */
export interface NextStep {
	id: string;
	words: string;
	href: string;
}

/** What is due now, the most pressing first; empty when nothing is. */
export function nextSteps(
	{ counts, due }: Pick<Overview, 'counts' | 'due'>,
	settings: readonly SettingsRow[],
): NextStep[] {
	const relay = settingsFrom(settings, 'relay');
	const isByHand = relay.kind === 'by-hand';
	const toInvite = counts.ready + counts.held;
	const steps: [isDue: boolean | number, step: NextStep][] = [
		[due.heldMessages, step('held', `Decide about ${heldWords(due.heldMessages)}`, '#/outbox')],
		[
			due.unconfirmedMessages,
			step('unconfirmed', arrivalWords(due.unconfirmedMessages), '#/outbox/unconfirmed'),
		],
		[
			isByHand && due.queuedMessages,
			step('hand-over', `Hand over ${invitations(due.queuedMessages)}`, '#/outbox/hand-over'),
		],
		[
			toInvite > 0 && !isComplete(settingsFrom(settings, 'practice')),
			step('practice', 'Complete the details of your practice', '#/settings/practice'),
		],
		[
			toInvite > 0 && !isRelaySetUp(relay),
			step('relay', 'Set up an email relay to send through', '#/settings/email-relay'),
		],
		[
			counts.ready,
			step('ready', `Invite ${clientsInWords(counts.ready)} never invited before`, '#/report'),
		],
		[counts.held, step('look', `Look at ${clientsInWords(counts.held)} held back`, '#/report')],
		[
			due.expiring,
			step('expiring', endWords(due.expiring, 'within seven days'), '#/report?which=waiting'),
		],
		[
			due.expired,
			step(
				'expired',
				`Send ${invitations(due.expired)} that ran out again`,
				'#/report?which=waiting',
			),
		],
		[
			due.bounced,
			step(
				'bounced',
				`Find a new address for ${clientsInWords(due.bounced)} whose mail came back`,
				'#/report?which=bounced',
			),
		],
		[
			due.withoutAddress,
			step(
				'no-address',
				`Ask ${clientsInWords(due.withoutAddress)} for an email address`,
				'#/clients?portal=left-out',
			),
		],
	];
	return steps.flatMap(([isDue, found]) => (isDue ? [found] : []));
}

function step(id: string, words: string, href: string): NextStep {
	return { id, words, href };
}

/** Any message will do here: only what it says of the practice itself counts. */
function isComplete(practice: PracticeSettings): boolean {
	const template = { subject: '', body: '' };
	const relay = settingsFrom([], 'relay');
	return whatBlocksSending({ practice, relay, template }).every(
		({ where }) => where !== 'practice',
	);
}

function invitations(count: number): string {
	return `${count.toLocaleString('en')} ${count === 1 ? 'invitation' : 'invitations'}`;
}

function heldWords(count: number): string {
	return `${count.toLocaleString('en')} held ${count === 1 ? 'message' : 'messages'}`;
}

function arrivalWords(count: number): string {
	return `Say whether ${count.toLocaleString('en')} ${count === 1 ? 'message' : 'messages'} arrived`;
}

function endWords(count: number, when: string): string {
	return `Remind ${clientsInWords(count)}: ${count === 1 ? 'the invitation ends' : 'their invitations end'} ${when}`;
}
