import type { ClientStatus } from '$lib/domain/client.ts';
import type { ColumnRole } from '$lib/domain/column-role.ts';
import type { DateOrder } from '$lib/domain/date-text.ts';
import type { Encoding } from './decode.ts';
import type { Dialect } from './dialect.ts';
import type { FileKind } from './file-kind.ts';
import type { CountryCode } from 'libphonenumber-js/min';

/** What a person says of every client in a file, where the file itself does not. */
export interface FileDefaults {
	/** Every client of the file has this status, whatever a column says; as the file says when left out. */
	status?: ClientStatus;
	/** The professional of all rows that name none. */
	professional?: string;
	/** Makes two clients of a row that names two people; one client who is a couple when left out. */
	splitsCouples?: boolean;
}

/** How a file is read, as recognised and as a person corrected it. Crosses to the worker and back. */
export interface FileMapping extends Dialect {
	/** What the file is; the rest speaks of the text that a workbook or an address book is turned into. */
	source: FileKind;
	/** The sheet of a workbook; '' elsewhere. */
	sheet: string;
	encoding: Encoding;
	/** Rows before the first client: a delimiter hint, title rows, the header. */
	dataStart: number;
	/** The columns' names as written; made up ("Column 1") where the file has none. */
	header: string[];
	hasHeader: boolean;
	/** Line of the file on which the header starts, the first being 1; 0 where there is none. */
	headerLine: number;
	/** What each column is; a longer or shorter list than `header` is taken as it goes. */
	roles: ColumnRole[];
	/** '' when neither chosen nor evident: dates that need to know stay blank, with a warning. */
	dateOrder: DateOrder | '';
	/** Whose telephone numbers stand without a country code; the United States when left out. */
	country?: CountryCode;
	defaults?: FileDefaults;
}

/** What a person may decide about how the rows are found in a file. */
export type ReadingChoice = Pick<MappingChoices, 'encoding' | 'delimiter' | 'headerLine' | 'sheet'>;

/** What a person may decide against what was recognised. */
export interface MappingChoices {
	encoding?: Encoding;
	delimiter?: string;
	/** Line on which the header starts; 0: there is none. Goes before `hasHeader`. */
	headerLine?: number;
	hasHeader?: boolean;
	sheet?: string;
	roles?: ColumnRole[];
	dateOrder?: DateOrder;
	defaults?: FileDefaults;
}
