import type { ReasonKind } from '$lib/domain/report-reasons.ts';
import type { PortalUser } from '$lib/domain/portal-user.ts';
import type { Changes, Snapshot, Vault } from '$lib/vault/types.ts';
import { clientsOf, guardiansOf, isCorrectable, userOf } from './refused-message.ts';
import { nearby, reportNear, type Standing, standingOf, withoutInvited } from './report-near.ts';
import { sentAnew } from './sent-anew.ts';

export interface Correction {
	messageId: string;
	address: string;
	/** Doubts that the person was shown and overrode. */
	despite: readonly ReasonKind[];
}

export type Corrected =
	| { kind: 'queued'; messageId: string }
	| Exclude<Standing, { kind: 'fit' }>
	/** It was not refused, or no longer is. */
	| { kind: 'moved-on' };

export interface CorrectionPorts {
	now: () => number;
	newId: () => string;
}

const browserPorts: CorrectionPorts = { now: Date.now, newId: () => crypto.randomUUID() };

/**
 * After a refusal: the client's address and a new message under a new key, in one commit; the refused
 * one is put away and keeps its history. Clients who share the message and still have the old address
 * move with it. Who is left out by the report is never queued. Throws VaultProblem.
 */
export async function correctAddress(
	vault: Vault,
	correction: Correction,
	ports: CorrectionPorts = browserPorts,
): Promise<Corrected> {
	let corrected: Corrected = { kind: 'moved-on' };
	await vault.commit(
		(state) => {
			corrected = { kind: 'moved-on' };
			const refused = state.get('messages', correction.messageId);
			if (!refused || !isCorrectable(refused)) return undefined;
			const address = correction.address.trim();
			const guardians = guardiansOf(state, refused, address);
			const clients = clientsOf(state, refused).map((client) => ({
				...client,
				emailAddress: guardians ? client.emailAddress : address,
				// A bounce spoke of the address of that time.
				hasBounced: false,
			}));
			if (clients.length === 0) return undefined;
			const putAway = new Set([refused.id]);
			const rows = reportNear(state, clients, putAway, ports.now(), guardians?.all).map((row) =>
				withoutInvited(row, refused),
			);
			const standing = standingOf(rows, correction.despite);
			if (standing.kind !== 'fit') {
				corrected = standing;
				return undefined;
			}
			const { changes, messageId } = sentAnew(state, refused, clients, correction, ports);
			corrected = { kind: 'queued', messageId };
			if (guardians) {
				const contactIds = guardians.changed.map(({ id }) => id);
				const portalUsers = state
					.rows('portalUsers')
					.filter(({ contactId }) => contactIds.includes(contactId))
					.map((user) => ({ ...user, emailAddress: correction.address.trim(), bouncedAt: 0 }));
				return { put: { ...changes.put, contacts: guardians.changed, portalUsers } };
			}
			// Another user's address is not the client's: hers stays what it is.
			const user = userOf(state, refused);
			if (!user) return changes;
			const { clients: _kept, ...others } = changes.put ?? {};
			return { put: { ...others, ...correctedUser(state, user, correction.address.trim()) } };
		},
		{ what: 'address corrected', count: 1 },
		{ needs: [...nearby, 'portalUsers', 'letters', 'settings'], isStrict: true },
	);
	return corrected;
}

/** The user at the corrected address, and the card by which she has access. */
function correctedUser(state: Snapshot, user: PortalUser, emailAddress: string): Changes['put'] {
	const contact = state.get('contacts', user.contactId);
	return {
		portalUsers: [{ ...user, emailAddress, bouncedAt: 0 }],
		contacts: contact ? [{ ...contact, emailAddress }] : [],
	};
}
