import type { FileKind } from './file-kind.ts';
import type { PreviewRow } from './inspect-file.ts';
import type { MatchPolicy } from './match-policy.ts';
import type { ReviewedRow } from './review-file.ts';
import { fullName } from '$lib/domain/client.ts';

/** What a person can decide of a row, as far as a list lets her. */
export interface RowChoices {
	source: FileKind;
	/** Shows what would change in the client who is here. */
	hasChanges?: boolean;
	policyAt?: (row: ReviewedRow) => MatchPolicy | undefined;
	/** Chooses for one row; undefined has it follow the others again. */
	onchoose?: (row: ReviewedRow, policy: MatchPolicy | undefined) => void;
	/** Gives an address to a row that has none. */
	onaddress?: (row: ReviewedRow, address: string) => Promise<void>;
}

/** The first rows of a file as clients, to look at while the whole is still being compared. */
export function rowsOfPreview(preview: readonly PreviewRow[]): ReviewedRow[] {
	return preview.flatMap(({ line, row }) => {
		if (row.outcome !== 'client') return [];
		return [row.client, ...(row.partner ? [row.partner] : [])].map((client, at): ReviewedRow => ({
			line,
			isPartner: at > 0,
			name: fullName(client),
			emailAddress: client.emailAddress,
			dateOfBirth: client.dateOfBirth,
			policy: 'update',
			reason: '',
			isLikely: false,
			changes: [],
		}));
	});
}
