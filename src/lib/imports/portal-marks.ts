import type { Client, JoinedSource } from '$lib/domain/client.ts';
import type { ClientRow } from './read-row.ts';

/** What a file may say that makes Portico more careful with a client, as bits. Never the other way. */
export const portalMarks = {
	joined: 1,
	bounced: 2,
	doNotEmail: 4,
	archived: 8,
	deceased: 16,
} as const;

export type PortalMark = keyof typeof portalMarks;

export const markNames = Object.keys(portalMarks) as PortalMark[];

const has: Record<PortalMark, (client: Client) => boolean> = {
	joined: ({ hasJoinedPortal }) => hasJoinedPortal,
	bounced: ({ hasBounced }) => hasBounced,
	doNotEmail: ({ isDoNotEmail }) => isDoNotEmail,
	archived: ({ status }) => status === 'archived',
	deceased: ({ isDeceased }) => isDeceased,
};

/** What the row says. */
export function marksOf({ client, statesStatus }: ClientRow): number {
	let marks = 0;
	for (const name of markNames)
		if (has[name](client) && (name !== 'archived' || statesStatus)) marks |= portalMarks[name];
	return marks;
}

/** Those of the marks that the client lacks. */
export function lacking(client: Client, marks: number): number {
	let left = marks;
	for (const name of markNames) if (has[name](client)) left &= ~portalMarks[name];
	return left;
}

/** The client with the marks; herself when she has them all. Nothing else is touched. */
export function withMarks(client: Client, marks: number, source: JoinedSource): Client {
	const left = lacking(client, marks);
	if (left === 0) return client;
	const changed = { ...client };
	if (left & portalMarks.joined) {
		changed.hasJoinedPortal = true;
		changed.joinedSource = source;
	}
	if (left & portalMarks.bounced) changed.hasBounced = true;
	if (left & portalMarks.doNotEmail) changed.isDoNotEmail = true;
	if (left & portalMarks.archived) changed.status = 'archived';
	if (left & portalMarks.deceased) changed.isDeceased = true;
	return changed;
}
