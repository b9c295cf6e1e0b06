import type { Client } from '$lib/domain/client.ts';
import type { Contact } from '$lib/domain/contact.ts';
import type { ImportCounts } from '$lib/domain/import.ts';
import type { Invitation } from '$lib/domain/invitation.ts';
import type { Message } from '$lib/domain/message.ts';
import type { Report, ReportRow } from '$lib/domain/report.ts';
import type { FileMapping } from '$lib/imports/mapping.ts';

export type WayName = 'portico' | 'plain' | 'tuned';

/** A worker that has looked at the file already: what is timed begins as a person presses 'Import'. */
export interface Taking {
	take(): Promise<ImportCounts>;
	close(): void;
}

export interface Opened {
	/** How many clients there are. */
	count: number;
	/** What a first screen shows, by name. */
	first: readonly Client[];
}

export interface Built {
	report: Report;
	/** Ready and held, by name. */
	list: readonly ReportRow[];
}

export interface Stored {
	clients: readonly Client[];
	contacts: readonly Contact[];
	invitations: readonly Invitation[];
	messages: readonly Message[];
}

/** The same jobs, done in one of the three ways. Each begins with a closed database, `queue` excepted. */
export interface Way {
	look(file: File): Promise<Taking>;
	open(): Promise<Opened>;
	report(now: number): Promise<Built>;
	/** Prepares a list for typing; what it returns is one keystroke: the list's rows that match. */
	search(built: Built): (query: string) => readonly ReportRow[];
	/** Queues an invitation for each row; the same database must have built the report. */
	queue(rows: readonly ReportRow[]): Promise<void>;
	readBack(): Promise<Stored>;
}

/** What the plain and the tuned worker, and that of the floor, do for the page. */
export interface RowsImporting {
	inspect(file: File): Promise<FileMapping>;
	take(file: File, mapping: FileMapping): Promise<ImportCounts>;
}

export const firstScreen = 50;

export const practice = {
	id: 'practice',
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@example.com',
	portalAddress: 'https://portal.example.com/',
} as const;

export const undoWindowMs = 10_000;
export const expiryDays = 30;
