import type { Client } from './client.ts';
import type { Reason, ReasonKind } from './report-reasons.ts';
import type { Report, ReportClass, ReportRow } from './report.ts';
import type { Column, Table } from './table.ts';

const classes: readonly ReportClass[] = ['ready', 'held', 'left-out'];
const codes: Record<ReportClass, number> = { ready: 0, held: 1, 'left-out': 2 };
const noReasons: readonly Reason[] = Object.freeze([]);

/** What the report found of every client, by index: ready and without a reason until something is put. */
export class JudgedClients {
	readonly clients: Table<Client>;
	readonly #classes: Uint8Array;
	readonly #reasons: (readonly Reason[])[];
	readonly #ids: Column<string>;
	readonly #emailAddresses: Column<string>;
	/** Where it is not the address as it stands. */
	readonly #inboxes = new Map<number, string>();

	constructor(clients: Table<Client>) {
		this.clients = clients;
		this.#classes = new Uint8Array(clients.length);
		this.#reasons = new Array<readonly Reason[]>(clients.length).fill(noReasons);
		this.#ids = clients.column('id');
		this.#emailAddresses = clients.column('emailAddress');
	}

	put(index: number, rowClass: ReportClass, reasons: readonly Reason[]): void {
		this.#classes[index] = codes[rowClass];
		this.#reasons[index] = reasons;
	}

	keepInbox(index: number, inbox: string): void {
		this.#inboxes.set(index, inbox);
	}

	idAt(index: number): string {
		return this.#ids.at(index);
	}

	classAt(index: number): ReportClass {
		return classes[this.#classes[index] ?? 0] ?? 'ready';
	}

	reasonsAt(index: number): readonly Reason[] {
		return this.#reasons[index] ?? noReasons;
	}

	inboxAt(index: number): string {
		return this.#inboxes.get(index) ?? this.#emailAddresses.at(index);
	}

	rows(): ReportRow[] {
		return Array.from(this.#classes, (_, index) => new JudgedRow(this, index));
	}

	count(): Pick<Report, 'counts' | 'countByReason'> {
		const counts: Record<ReportClass, number> = { ready: 0, held: 0, 'left-out': 0 };
		for (let index = 0; index < this.clients.length; index++) counts[this.classAt(index)]++;
		const countByReason: Partial<Record<ReasonKind, number>> = {};
		for (const { 0: first } of this.#reasons)
			if (first) countByReason[first.kind] = (countByReason[first.kind] ?? 0) + 1;
		return { counts, countByReason };
	}
}

/** Holds nothing of its own, so that 100,000 of them are soon made. */
class JudgedRow implements ReportRow {
	readonly #judged: JudgedClients;
	readonly #index: number;

	constructor(judged: JudgedClients, index: number) {
		this.#judged = judged;
		this.#index = index;
	}

	get client(): Client {
		return this.#judged.clients.row(this.#index);
	}

	get clientId(): string {
		return this.#judged.idAt(this.#index);
	}

	get class(): ReportClass {
		return this.#judged.classAt(this.#index);
	}

	get reasons(): readonly Reason[] {
		return this.#judged.reasonsAt(this.#index);
	}

	get inbox(): string {
		return this.#judged.inboxAt(this.#index);
	}
}
