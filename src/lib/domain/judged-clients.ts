import type { Client } from './client.ts';
import type { Addressee } from './guardians.ts';
import { choiceAt, type ChoiceByInbox, type Household } from './household.ts';
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
	readonly #minors: Uint8Array;
	readonly #addressees = new Map<number, Addressee>();
	readonly #households = new Map<number, Household>();
	readonly #choices: ChoiceByInbox | undefined;

	constructor(clients: Table<Client>, choices: ChoiceByInbox) {
		this.#choices = Object.keys(choices).length > 0 ? choices : undefined;
		this.clients = clients;
		this.#classes = new Uint8Array(clients.length);
		this.#minors = new Uint8Array(clients.length);
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

	keepMinor(index: number): void {
		this.#minors[index] = 1;
	}

	keepAddressee(index: number, addressee: Addressee): void {
		this.#addressees.set(index, addressee);
	}

	keepHousehold(index: number, household: Household): void {
		this.#households.set(index, household);
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

	isMinorAt(index: number): boolean {
		return this.#minors[index] === 1;
	}

	addresseeAt(index: number): Addressee | undefined {
		return this.#addressees.get(index);
	}

	householdAt(index: number): Household | undefined {
		return this.#households.get(index);
	}

	isOneEachAt(index: number): boolean {
		return this.#choices !== undefined && choiceAt(this.#choices, this.inboxAt(index)) === 'each';
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

	get addressee(): Addressee | undefined {
		return this.#judged.addresseeAt(this.#index);
	}

	get household(): Household | undefined {
		return this.#judged.householdAt(this.#index);
	}

	get isMinor(): boolean {
		return this.#judged.isMinorAt(this.#index);
	}

	get isOneEach(): boolean {
		return this.#judged.isOneEachAt(this.#index);
	}
}
