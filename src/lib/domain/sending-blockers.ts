import { isEmailAddress } from './email-address.ts';
import { emptyFields, fieldsIn, fieldValues, unresolvedFields } from './merge-fields.ts';
import type { Template } from './message.ts';
import type { ReportRow } from './report.ts';
import { isRelaySetUp, type PracticeSettings, type RelaySettings } from './settings.ts';
import { isPortalAddress } from './web-address.ts';

export type BlockerKind =
	| 'no-practice-name'
	| 'no-your-name'
	| 'no-reply-to'
	| 'no-portal-address'
	| 'no-relay'
	| 'empty-subject'
	| 'empty-body'
	| 'no-link'
	| 'unresolved-field'
	| 'empty-field';

/** Why nothing can be sent, in words, and where it is mended. */
export interface Blocker {
	kind: BlockerKind;
	/** `report`: by unchecking or completing clients. */
	where: 'practice' | 'relay' | 'template' | 'report';
	words: string;
}

export interface SendingPlan {
	practice: PracticeSettings;
	relay: RelaySettings;
	template: Pick<Template, 'subject' | 'body'>;
	/** Who would be invited; left out, their own values are not looked at. */
	rows?: readonly ReportRow[];
}

/** Everything that stands against sending; empty when nothing does. */
export function whatBlocksSending({
	practice,
	relay,
	template,
	rows = [],
}: SendingPlan): Blocker[] {
	return [
		...practiceBlockers(practice),
		...relayBlockers(relay),
		...templateBlockers(template),
		...recipientBlockers(template, practice, rows),
	];
}

function practiceBlockers(practice: PracticeSettings): Blocker[] {
	const blockers: Blocker[] = [];
	const add = (kind: BlockerKind, words: string) =>
		blockers.push({ kind, where: 'practice', words });
	if (!practice.practiceName.trim()) add('no-practice-name', "'Practice name' is empty.");
	if (!practice.yourName.trim()) add('no-your-name', "'Your name' is empty.");
	const replyTo = practice.replyTo.trim();
	if (!replyTo) add('no-reply-to', "'Reply-to address' is empty: answers would go nowhere.");
	else if (!isEmailAddress(replyTo))
		add('no-reply-to', "'Reply-to address' is not an email address.");
	const portal = practice.portalAddress.trim();
	if (!portal)
		add('no-portal-address', "'Portal address' is empty: the invitation needs its link.");
	else if (!isPortalAddress(portal))
		add(
			'no-portal-address',
			"'Portal address' is not a web address; it must begin with https:// or http://.",
		);
	return blockers;
}

function relayBlockers(relay: RelaySettings): Blocker[] {
	if (isRelaySetUp(relay)) return [];
	return [{ kind: 'no-relay', where: 'relay', words: 'No email relay is set up to send through.' }];
}

function templateBlockers(template: Pick<Template, 'subject' | 'body'>): Blocker[] {
	const blockers: Blocker[] = [];
	const add = (kind: BlockerKind, words: string) =>
		blockers.push({ kind, where: 'template', words });
	if (!template.subject.trim()) add('empty-subject', 'The message has no subject.');
	if (!template.body.trim()) add('empty-body', 'The message has no text.');
	else if (!fieldsIn(template.body).includes('invitation link'))
		add('no-link', 'The message lacks {invitation link}, without which nobody can get in.');
	for (const text of unresolvedFields(template))
		add(
			'unresolved-field',
			text.length > 1
				? `The message names ${text}, which is no merge field.`
				: `The message has a lone ${text}: a merge field needs one brace before and one after it.`,
		);
	return blockers;
}

function recipientBlockers(
	template: Pick<Template, 'subject' | 'body'>,
	practice: PracticeSettings,
	rows: readonly ReportRow[],
): Blocker[] {
	const names = fieldsIn(`${template.subject}\n${template.body}`).filter(
		(name) => name.startsWith('client') || name === 'professional',
	);
	const countByName = new Map<string, number>();
	const invitation = { code: '', expiresAt: 0 };
	for (const { client } of rows) {
		const values = fieldValues(names, { client, practice, invitation });
		for (const name of emptyFields(names, values))
			countByName.set(name, (countByName.get(name) ?? 0) + 1);
	}
	return [...countByName].map(([name, count]) => ({
		kind: 'empty-field',
		where: 'report',
		words: `{${name}} is empty for ${count} ${count === 1 ? 'client' : 'clients'}: uncheck ${count === 1 ? 'this one' : 'them'}, or complete what is missing.`,
	}));
}
