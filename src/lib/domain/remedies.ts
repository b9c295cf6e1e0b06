import type { Reason, ReasonKind } from './report-reasons.ts';
import type { ReportRow } from './report.ts';

/** One step that mends what keeps a client from an invitation. */
export type Remedy =
	/** The address that was probably meant. `contactId`: the guardian's card; absent for the client's own. */
	| { kind: 'use'; address: string; contactId?: string }
	/** It is right as it stands: the person checks the row. */
	| { kind: 'confirm' }
	/** To be typed. */
	| { kind: 'fix-address'; contactId?: string }
	| { kind: 'add-guardian' }
	/** Mail does not come back after all: it was a full inbox, or a slip. */
	| { kind: 'not-bounced'; contactId?: string };

/** What no step in the report mends. */
const final: ReadonlySet<ReasonKind> = new Set<ReasonKind>([
	'deceased',
	'do-not-email',
	'joined',
	'declined',
	'revoked',
	'waiting',
	'already-invited',
	'never-invited',
	'not-due',
	'inbox-waiting',
	'just-written',
	'address-changed',
	'bounce-mended',
	'not-returned',
]);

/** The steps that mend a row, in place; none where something else stands against it for good. */
export function remediesFor(
	row: Pick<ReportRow, 'reasons' | 'addressee'>,
	isChecked: boolean,
): Remedy[] {
	const { reasons, addressee } = row;
	if (reasons.length === 0 || reasons.some(({ kind }) => final.has(kind))) return [];
	const remedies: Remedy[] = [];
	const isUnguarded = reasons.some(({ kind }) => kind === 'minor-without-guardian');
	if (isUnguarded) remedies.push({ kind: 'add-guardian' });
	// Without an address of the guardian's own, what is wrong is the client's.
	const contactId = addressee?.contactId;
	const isOwn = !addressee || reasons.some(({ kind }) => kind === 'guardian-without-address');
	const whose = isOwn || contactId === undefined ? {} : { contactId };
	for (const reason of reasons) remedies.push(...remediesOf(reason, whose, contactId, isChecked));
	return remedies;
}

function remediesOf(
	reason: Reason,
	whose: { contactId?: string },
	guardianId: string | undefined,
	isChecked: boolean,
): Remedy[] {
	switch (reason.kind) {
		case 'looks-mistyped': {
			const use: Remedy = { kind: 'use', address: reason.suggestion, ...whose };
			return isChecked ? [use] : [use, { kind: 'confirm' }];
		}
		case 'not-an-address': {
			const fix: Remedy = { kind: 'fix-address', ...whose };
			return reason.suggestion
				? [{ kind: 'use', address: reason.suggestion, ...whose }, fix]
				: [fix];
		}
		case 'bounced': {
			const owner = reason.isGuardian ? whose : {};
			return [
				{ kind: 'fix-address', ...owner },
				{ kind: 'not-bounced', ...owner },
			];
		}
		case 'invited-elsewhere':
			return isChecked ? [] : [{ kind: 'confirm' }];
		case 'no-address':
		case 'refused':
		case 'look-alike-letters':
			return [{ kind: 'fix-address', ...whose }];
		case 'guardian-without-address':
			return [
				guardianId === undefined
					? { kind: 'add-guardian' }
					: { kind: 'fix-address', contactId: guardianId },
			];
		default:
			return [];
	}
}
