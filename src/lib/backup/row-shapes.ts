import type { CollectionName, Collections } from '$lib/domain/collections.ts';

type Kind = 'text' | 'number' | 'yesOrNo' | 'list' | 'object';

/** The fields whose kind the screens rely on; those that are not named here may hold any JSON. */
type Shape<Row> = { readonly [K in Kind]?: readonly (keyof Row)[] };

const shapes: { readonly [N in CollectionName]: Shape<Collections[N]> } = {
	clients: {
		text: [
			...(['externalId', 'firstName', 'lastName', 'preferredName', 'emailAddress'] as const),
			...(['phone', 'dateOfBirth', 'kind', 'status', 'professional', 'language'] as const),
			...(['notes', 'importId'] as const),
		],
		list: ['otherEmailAddresses', 'otherPhones', 'tags', 'formerIds'],
		yesOrNo: ['isDoNotEmail', 'hasBounced', 'isDeceased', 'hasJoinedPortal'],
		number: ['addedAt', 'portalRevokedAt'],
		object: ['joinedSource'],
	},
	contacts: {
		text: ['clientId', 'name', 'emailAddress', 'phone', 'relationship', 'importId'],
		object: ['profile'],
	},
	portalUsers: {
		text: ['clientId', 'contactId', 'name', 'emailAddress'],
		list: ['permissions'],
		number: ['addedAt', 'joinedAt', 'bouncedAt', 'revokedAt'],
	},
	professionals: {
		text: ['name', 'credentials', 'replyTo'],
		yesOrNo: ['isActive'],
		number: ['addedAt'],
	},
	merges: { number: ['at'], object: ['kept', 'other', 'merged'], list: ['movedIds'] },
	clientChanges: { number: ['at'], text: ['what'], list: ['clientIds', 'fields'] },
	imports: {
		text: ['kind', 'fileName', 'entryId'],
		number: ['importedAt', 'undoneAt'],
		object: ['counts'],
		yesOrNo: ['isSample'],
	},
	invitations: {
		text: ['clientId', 'emailAddress', 'contactId', 'code', 'messageId'],
		number: ['round', 'invitedAt', 'expiresAt'],
		list: ['answers'],
	},
	messages: {
		text: [
			...(['invitationId', 'clientId', 'letterId', 'toName', 'toAddress', 'state'] as const),
			...(['heldFor', 'fence', 'triedVia', 'reason'] as const),
		],
		number: [
			...(['round', 'queuedAt', 'dueAt', 'scheduledFor', 'attempts', 'claimedAt'] as const),
			...(['maybeSentAt', 'asks', 'settledAt'] as const),
		],
		list: ['fields', 'despite', 'history', 'alsoFor', 'extended'],
		yesOrNo: ['mayRepeat'],
	},
	letters: {
		text: ['language', 'note', 'subject', 'body', 'fromName', 'replyTo'],
		number: ['format', 'createdAt'],
		list: ['fieldNames'],
	},
	templates: { text: ['name', 'language', 'subject', 'body'], number: ['changedAt'] },
	settings: {},
	journal: { text: ['what'], number: ['at', 'count', 'revision'], yesOrNo: ['canUndo'] },
};

/** Whether something read from a file is a row that the screens can show. What a row lacks, it may lack. */
export function isRow<N extends CollectionName>(name: N, value: unknown): value is Collections[N] {
	if (kindOf(value) !== 'object') return false;
	const row = value as Record<string, unknown>;
	if (typeof row['id'] !== 'string' || row['id'] === '') return false;
	// As a field it would become the row's prototype.
	if (Object.hasOwn(row, '__proto__')) return false;
	return Object.entries(shapes[name]).every(([kind, fields]) =>
		(fields as readonly string[]).every(
			(field) => !Object.hasOwn(row, field) || row[field] === null || kindOf(row[field]) === kind,
		),
	);
}

function kindOf(value: unknown): Kind | undefined {
	switch (typeof value) {
		case 'string':
			return 'text';
		case 'number':
			return 'number';
		case 'boolean':
			return 'yesOrNo';
		case 'object':
			if (value === null) return undefined;
			return Array.isArray(value) ? 'list' : 'object';
		default:
			return undefined;
	}
}
