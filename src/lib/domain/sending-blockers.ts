import { isEmailAddress } from './email-address.ts';
import {
	emptyFields,
	fieldsIn,
	fieldValues,
	unresolvedFields,
	type MergeField,
} from './merge-fields.ts';
import type { ReportRow } from './report.ts';
import { isRelaySetUp, type RelaySettings } from './settings/relay.ts';
import type { PortalDoorSettings } from './settings/portal-door.ts';
import type { PracticeSettings } from './settings/practice.ts';
import { isPortalAddress } from './web-address.ts';
import { isUsableAppAddress } from './welcome-link.ts';
import { leadOf, sharingRows, writtenTo } from './written-to.ts';
import { languageOf, type LetterText, textFor, textsFor, type Wording } from './wording.ts';
import { languageNames } from './letter-language.ts';

export type BlockerKind =
	| 'no-practice-name'
	| 'no-your-name'
	| 'no-reply-to'
	| 'no-portal-address'
	| 'no-app-address'
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
	template: Wording;
	/** Left out, links go to the portal's own address. */
	door?: PortalDoorSettings;
	/** Who would be invited; left out, their own values are not looked at, and every language's letter is. */
	rows?: readonly ReportRow[];
}

/** Everything that stands against sending; empty when nothing does. */
export function whatBlocksSending({
	practice,
	relay,
	template,
	door,
	rows,
}: SendingPlan): Blocker[] {
	const clients = rows?.map(({ client }) => client);
	const texts = clients ? textsFor(template, clients) : [template, ...(template.others ?? [])];
	return [
		...practiceBlockers(practice),
		...linkBlockers(practice, texts, door),
		...relayBlockers(relay),
		...texts.flatMap((text) => letterBlockers(text, text !== template)),
		...recipientBlockers(template, practice, rows ?? []),
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
	return blockers;
}

function linkBlockers(
	{ portalAddress }: PracticeSettings,
	texts: readonly LetterText[],
	door: PortalDoorSettings | undefined,
): Blocker[] {
	const blockers: Blocker[] = [];
	const add = (kind: BlockerKind, where: Blocker['where'], words: string) =>
		blockers.push({ kind, where, words });
	if (door?.isOn && !isUsableAppAddress(door.appAddress))
		add(
			'no-app-address',
			'template',
			"The welcome page needs the address where clients can open this app: see 'Where the link goes'.",
		);
	const portal = portalAddress.trim();
	const named: MergeField = 'portal address';
	const isNamed = texts.some(({ subject, body }) =>
		fieldsIn(`${subject}\n${body}`).includes(named),
	);
	if (!portal && !door?.isOn)
		add(
			'no-portal-address',
			'practice',
			"'Portal address' is empty: the invitation needs its link.",
		);
	else if (!portal && isNamed)
		add(
			'no-portal-address',
			'practice',
			`'Portal address' is empty, and the message names {${named}}.`,
		);
	else if (portal && !isPortalAddress(portal))
		add(
			'no-portal-address',
			'practice',
			"'Portal address' is not a web address; it must begin with https:// or http://.",
		);
	return blockers;
}

function relayBlockers(relay: RelaySettings): Blocker[] {
	if (isRelaySetUp(relay)) return [];
	return [{ kind: 'no-relay', where: 'relay', words: 'No email relay is set up to send through.' }];
}

/** Of a letter beside the practice's own it is said in which language it is. */
function letterBlockers(text: LetterText, isOther: boolean): Blocker[] {
	const blockers = templateBlockers(text);
	if (!isOther) return blockers;
	const letter = `The ${languageNames[languageOf(text)]} letter:`;
	return blockers.map((blocker) => ({ ...blocker, words: `${letter} ${blocker.words}` }));
}

function templateBlockers(template: LetterText): Blocker[] {
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
	wording: Wording,
	practice: PracticeSettings,
	rows: readonly ReportRow[],
): Blocker[] {
	const namesOf = (text: LetterText) =>
		fieldsIn(`${text.subject}\n${text.body}`).filter(
			(name) => name.startsWith('client') || name.startsWith('professional'),
		);
	const namesByText = new Map<LetterText, MergeField[]>();
	const countByName = new Map<string, number>();
	const invitation = { code: '', expiresAt: 0 };
	for (const sharing of sharingRows(rows)) {
		const client = writtenTo(leadOf(sharing));
		const text = textFor(wording, client);
		const names = namesByText.get(text) ?? namesOf(text);
		namesByText.set(text, names);
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
