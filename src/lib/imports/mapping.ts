import type { ColumnRole } from '$lib/domain/column-role.ts';
import type { DateOrder } from '$lib/domain/date-text.ts';
import type { Encoding } from './decode.ts';
import type { Dialect } from './dialect.ts';

/** How a file is read, as recognised and as a person corrected it. Crosses to the worker and back. */
export interface FileMapping extends Dialect {
	encoding: Encoding;
	/** Rows before the first client: a delimiter hint, title rows, the header. */
	dataStart: number;
	/** The columns' names as written; made up ("Column 1") where the file has none. */
	header: string[];
	hasHeader: boolean;
	/** What each column is; a longer or shorter list than `header` is taken as it goes. */
	roles: ColumnRole[];
	/** '' when neither chosen nor evident: dates that need to know stay blank, with a warning. */
	dateOrder: DateOrder | '';
}

/** What a person may decide against what was recognised. */
export interface MappingChoices {
	encoding?: Encoding;
	delimiter?: string;
	hasHeader?: boolean;
	roles?: ColumnRole[];
	dateOrder?: DateOrder;
}
