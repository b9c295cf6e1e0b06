import type { Client, JoinedSource } from '$lib/domain/client.ts';
import { readKind } from '$lib/domain/client-words.ts';
import { readDate } from '$lib/domain/date-text.ts';
import type { RowProblem } from '$lib/domain/import.ts';
import { cellAt, isSummary, longestCell, noteRagged, shapeOf, tidy, type Note } from './cells.ts';
import { columnOf } from './columns.ts';
import { makePhoneReader } from './phone-numbers.ts';
import { readAddress, readContacts, type ContactDraft } from './read-contacts.ts';
import type { FileMapping } from './mapping.ts';
import { firstPhone, makeFurtherReader } from './read-further.ts';
import { partnerOf, readName } from './read-name.ts';
import { readPracticeWords } from './read-practice-words.ts';
import { readConsent, readStanding } from './read-standing.ts';

/** A row that holds a client. `client` has no id yet; what the file does not state has its default. */
export interface ClientRow {
	outcome: 'client';
	client: Client;
	contacts: readonly ContactDraft[];
	problems: readonly RowProblem[];
	/** Whether the file speaks of these, so that a default never overwrites what is known. */
	statesStatus: boolean;
	statesKind: boolean;
	/** The second of two people whom the row names, when they are to be two clients. */
	partner?: Client;
}

/** What became of a row before it is compared with the clients there are. */
export type ReadRow =
	| ClientRow
	| { outcome: 'blank' }
	| { outcome: 'summary'; problems: readonly RowProblem[] }
	| { outcome: 'rejected'; problems: readonly RowProblem[] };

export type RowReader = (cells: readonly string[], line: number) => ReadRow;

export interface ReadingContext {
	importId: string;
	now: number;
}

const none: readonly never[] = [];
const blank: ReadRow = { outcome: 'blank' };
const noDate = /^0{1,4}[-/.]0{1,2}[-/.]0{1,4}(?: |T|$)/;
const total = /^(?:grand )?totals?\b/i;

/** Makes the reader of one file's rows. It runs once a row: it maps by index and allocates little but the client. */
export function makeRowReader(mapping: FileMapping, context: ReadingContext): RowReader {
	const columns = columnOf(mapping.roles);
	const width = mapping.header.length;
	const today = new Date(context.now).toISOString().slice(0, 10);
	const thisYear = new Date(context.now).getFullYear();
	const { defaults = {} } = mapping;
	const professionalOfAll = tidy(defaults.professional?.trim() ?? '');
	const readPhone = makePhoneReader(mapping.country ?? 'US');
	const further = makeFurtherReader(columns, readPhone);
	const joinedSource: JoinedSource = {
		column: mapping.header[columns.portalLogin] ?? '',
		toldAt: context.now,
	};
	let problems: RowProblem[] | undefined;
	let line = 0;
	let isFirst = true;

	const note: Note = (at, value, reason, severity = 'warning') => {
		problems ??= [];
		const column = at < 0 ? '' : (mapping.header[at] ?? '');
		problems.push({ line, column, value: value.slice(0, 200), reason, severity });
	};

	function dateIn(cells: readonly string[], at: number): string {
		const text = cellAt(cells, at);
		// Some programs write a day that is not known as zeros.
		if (text === '' || (text.charCodeAt(0) === 48 && noDate.test(text))) return '';
		const reading = readDate(text, mapping.dateOrder, thisYear, today);
		if (reading.kind === 'date') return reading.date;
		note(
			at,
			text,
			reading.kind === 'ambiguous'
				? 'It is not clear which number is the month; the date was left out. Choose the order of day and month.'
				: 'This is not a date that Portico can read; it was left out.',
		);
		return '';
	}

	function rejected(reason: string, at = -1, value = ''): ReadRow {
		note(at, value, reason, 'error');
		return { outcome: 'rejected', problems: problems ?? none };
	}

	return (cells, startLine) => {
		line = startLine;
		problems = undefined;
		const wasFirst = isFirst;
		const shape = shapeOf(cells);
		if (shape === 'blank') return blank;
		isFirst = false;
		if (shape !== 'plain')
			return rejected(
				`A cell of this row is longer than ${longestCell.toLocaleString('en')} characters.`,
				shape,
			);
		if (wasFirst && isSummary(cells)) {
			note(-1, '', 'This line sums up the file and is no client.');
			return { outcome: 'summary', problems: problems ?? none };
		}

		const { client, people } = readName(cells, columns, context);
		client.emailAddress = readAddress(cells, columns.emailAddress, note, further.noteOthers);
		if (client.firstName === '' && client.lastName === '') {
			if (client.emailAddress === '')
				return rejected('This row has neither a name nor an email address.');
			note(-1, '', 'This row has no name.');
		}
		if (client.emailAddress === '' && total.test(client.firstName) && isSummary(cells)) {
			problems = undefined;
			note(-1, '', 'This line sums up the file and is no client.');
			return { outcome: 'summary', problems: problems ?? none };
		}
		if (cells.length !== width) noteRagged(cells, width, note);
		client.externalId = cellAt(cells, columns.externalId);
		client.phone = readPhone(firstPhone(cellAt(cells, columns.phone)));
		further.read(cells, client, note);
		client.professional = tidy(cellAt(cells, columns.professional)) || professionalOfAll;
		readPracticeWords(cells, columns, client, note);
		client.dateOfBirth = dateIn(cells, columns.dateOfBirth);
		if (client.dateOfBirth > today) {
			note(
				columns.dateOfBirth,
				client.dateOfBirth,
				'This date of birth is in the future; it was left out.',
			);
			client.dateOfBirth = '';
		}
		// Noon in Greenwich is the same calendar day nearly everywhere.
		const added = columns.addedAt < 0 ? '' : dateIn(cells, columns.addedAt);
		if (added !== '') client.addedAt = noonOf(added);

		const kind = columns.kind < 0 ? undefined : readKind(cellAt(cells, columns.kind));
		if (kind !== undefined) client.kind = kind;
		readConsent(cells, columns, client, note);
		if (client.hasJoinedPortal) client.joinedSource = joinedSource;
		const status = readStanding(cells, columns, client, note, defaults.status);
		if (status !== undefined) client.status = status;
		const partner = people && defaults.splitsCouples ? partnerOf(client, people) : undefined;
		if (partner)
			note(
				-1,
				'',
				'This row names two people: they are two clients who share its address. Look at both.',
			);
		return {
			outcome: 'client',
			client,
			contacts: columns.hasContacts
				? readContacts(cells, columns, client, context.now, readPhone, note)
				: none,
			problems: problems ?? none,
			statesStatus: status !== undefined,
			statesKind: kind !== undefined || client.kind === 'couple',
			...(partner && { partner }),
		};
	};
}

/** Noon of an ISO date in Greenwich, epoch ms. */
function noonOf(date: string): number {
	const [year, month, day] = [date.slice(0, 4), date.slice(5, 7), date.slice(8)];
	return Date.UTC(Number(year), Number(month) - 1, Number(day), 12);
}
