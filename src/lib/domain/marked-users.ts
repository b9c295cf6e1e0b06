import { inboxOf } from './inbox.ts';
import type { PortalUser } from './portal-user.ts';
import { asTable, type Table } from './table.ts';

export type UserMarks = Readonly<Pick<PortalUser, 'joinedAt' | 'bouncedAt' | 'revokedAt'>>;

/** What was marked of whoever has access for this client, beside herself, at this inbox. */
export type MarksAt = (clientId: string, inbox: string) => UserMarks | undefined;

/**
 * Undefined where nothing was marked of anyone. Reads columns, and keeps only users of whom something was.
 * `presentIds`, of merged profiles, is asked once there is one.
 */
export function markedUsers(
	users: readonly PortalUser[] | Table<PortalUser>,
	presentIds: () => ReadonlyMap<string, string>,
): MarksAt | undefined {
	const marks = new Map<string, UserMarks>();
	let present: ReadonlyMap<string, string> | undefined;
	for (const part of asTable(users).parts) {
		const ids = part.column('id');
		const clientIds = part.column('clientId');
		const addresses = part.column('emailAddress');
		const joins = part.column('joinedAt');
		const bounces = part.column('bouncedAt');
		const revocations = part.column('revokedAt');
		for (let index = 0; index < part.length; index++) {
			const joinedAt = joins.at(index);
			const bouncedAt = bounces.at(index);
			const revokedAt = revocations.at(index);
			const clientId = clientIds.at(index);
			const isMarked = joinedAt > 0 || bouncedAt > 0 || revokedAt > 0;
			if (!isMarked || ids.at(index) === clientId) continue;
			present ??= presentIds();
			const key = keyOf(present.get(clientId) ?? clientId, inboxOf(addresses.at(index)));
			const known = marks.get(key);
			marks.set(key, {
				joinedAt: Math.max(joinedAt, known?.joinedAt ?? 0),
				bouncedAt: Math.max(bouncedAt, known?.bouncedAt ?? 0),
				revokedAt: Math.max(revokedAt, known?.revokedAt ?? 0),
			});
		}
	}
	return marks.size > 0 ? (clientId, inbox) => marks.get(keyOf(clientId, inbox)) : undefined;
}

function keyOf(clientId: string, inbox: string): string {
	return `${clientId} ${inbox}`;
}
