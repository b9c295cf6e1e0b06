import { looksAgainst, shareLike } from './column-look.ts';
import { roleByName, speaksOfOthers } from './column-names.ts';
import { furtherRoles, type ColumnRole } from './column-role.ts';

/** How well a column's name and values agree with what it was taken for. */
export type Confidence = 'sure' | 'likely' | 'doubtful';

export interface RecognisedColumn {
	name: string;
	role: ColumnRole;
	/** Some of its values, none of them blank. */
	values: readonly string[];
	/** Whether the file names its columns; without, the values alone speak. */
	hasHeader: boolean;
}

/** Share of the values that is enough to be sure; people leave "n/a" and slips in any column. */
const enough = 0.6;

/** How sure the role of a column is. The role 'ignore' is never in doubt here. */
export function confidenceOf({ name, role, values, hasHeader }: RecognisedColumn): Confidence {
	if (role === 'ignore') return 'sure';
	if (looksAgainst(role, values)) return 'doubtful';
	const share = shareLike(role, values);
	const named = hasHeader ? roleByName(name)?.role : undefined;
	const isNamed = named === role || (named !== undefined && furtherRoles[named] === role);
	if (isNamed) {
		if (values.length === 0) return 'likely';
		return share === undefined || share >= enough ? 'sure' : share > 0 ? 'likely' : 'doubtful';
	}
	if (hasHeader && speaksOfOthers(name)) return 'doubtful';
	return share !== undefined && share >= enough ? 'likely' : 'doubtful';
}
