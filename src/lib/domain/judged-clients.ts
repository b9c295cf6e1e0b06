import { classCodeIn, hasMoreIn, reasonIn, reportClasses } from './client-digest.ts';
import type { Client } from './client.ts';
import type { Addressee } from './guardians.ts';
import { choiceAt, type ChoiceByInbox, type Household } from './household.ts';
import type { Reason, ReasonKind } from './report-reasons.ts';
import type { Report, ReportClass, ReportRow } from './report.ts';
import type { Column, Table } from './table.ts';
import { addressedReader } from './addressed-reader.ts';
import type { Addressed } from './written-to.ts';

const noReasons: readonly Reason[] = Object.freeze([]);

/** What the report found of every client, by index: ready and without a reason until something is put. */
export class JudgedClients {
	readonly clients: Table<Client>;
	/** Of each her class, and of those whom nobody has judged yet what her digest says beside it. */
	readonly #verdicts: Uint8Array;
	/** Absent where there is none. */
	readonly #reasons: (readonly Reason[] | undefined)[];
	readonly #ids: Column<string>;
	readonly #emailAddresses: Column<string>;
	/** Whoever sends asks for them again and again: a text that is looked up is hashed once. */
	#knownIds: (string | undefined)[] | undefined;
	#knownAddresses: (string | undefined)[] | undefined;
	/** Where it is not the address as it stands. */
	readonly #inboxes = new Map<number, string>();
	readonly #minors: Uint8Array;
	readonly #sharers: Uint8Array;
	readonly #addressees = new Map<number, Addressee>();
	readonly #households = new Map<number, () => Household>();
	#addressed: ((index: number) => Addressed) | undefined;
	#judge: (index: number) => void = () => undefined;
	readonly #choices: ChoiceByInbox | undefined;

	constructor(clients: Table<Client>, choices: ChoiceByInbox) {
		this.#choices = Object.keys(choices).length > 0 ? choices : undefined;
		this.clients = clients;
		this.#minors = new Uint8Array(clients.length);
		this.#sharers = new Uint8Array(clients.length);
		this.#verdicts = new Uint8Array(clients.length);
		this.#reasons = new Array<undefined>(clients.length);
		this.#ids = clients.column('id');
		this.#emailAddresses = clients.column('emailAddress');
	}

	/** `judge` puts what it finds of one whose verdict alone was kept. */
	judgeWith(judge: (index: number) => void): void {
		this.#judge = judge;
	}

	/** Of those from `start` on. Their reasons and inboxes are worked out when somebody asks for them. */
	keepVerdicts(start: number, verdicts: Uint8Array): void {
		this.#verdicts.set(verdicts, start);
	}

	/** The same of one. */
	keepVerdict(index: number, verdict: number): void {
		this.#verdicts[index] = verdict;
	}

	#lookAt(index: number): void {
		const verdict = this.#verdicts[index] ?? 0;
		if (!hasMoreIn(verdict)) return;
		this.#verdicts[index] = classCodeIn(verdict);
		this.#judge(index);
	}

	/** Of one whose reasons and inbox were asked for, or who has no verdict: what it has beside the class is lost. */
	put(index: number, rowClass: ReportClass, reasons: readonly Reason[]): void {
		this.#verdicts[index] = reportClasses.indexOf(rowClass);
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

	/** They have one inbox, which nobody else who is ready or held has. */
	keepSharing(group: readonly number[]): void {
		for (const index of group) this.#sharers[index] = 1;
	}

	/** Made when somebody asks for it; one object for the whole group. */
	keepHousehold(group: readonly number[], make: () => Household): void {
		let made: Household | undefined;
		const household = () => (made ??= make());
		for (const index of group) this.#households.set(index, household);
	}

	idAt(index: number): string {
		this.#knownIds ??= new Array<undefined>(this.clients.length);
		return (this.#knownIds[index] ??= this.#ids.at(index));
	}

	classAt(index: number): ReportClass {
		return reportClasses[classCodeIn(this.#verdicts[index] ?? 0)] ?? 'ready';
	}

	reasonsAt(index: number): readonly Reason[] {
		this.#lookAt(index);
		return this.#reasons[index] ?? noReasons;
	}

	addressedAt(index: number): Addressed {
		return (this.#addressed ??= addressedReader(this.clients))(index);
	}

	inboxAt(index: number): string {
		this.#lookAt(index);
		const other = this.#inboxes.get(index);
		if (other !== undefined) return other;
		this.#knownAddresses ??= new Array<undefined>(this.clients.length);
		return (this.#knownAddresses[index] ??= this.#emailAddresses.at(index));
	}

	/** Undefined for who is left out: nobody looked. */
	sharesInboxAt(index: number): boolean | undefined {
		return this.classAt(index) === 'left-out' ? undefined : this.#sharers[index] === 1;
	}

	isMinorAt(index: number): boolean {
		return this.#minors[index] === 1;
	}

	addresseeAt(index: number): Addressee | undefined {
		this.#lookAt(index);
		return this.#addressees.get(index);
	}

	householdAt(index: number): Household | undefined {
		return this.#households.get(index)?.();
	}

	isOneEachAt(index: number): boolean {
		return this.#choices !== undefined && choiceAt(this.#choices, this.inboxAt(index)) === 'each';
	}

	rows(): ReportRow[] {
		const { length } = this.clients;
		const rows = new Array<ReportRow>(length);
		for (let index = 0; index < length; index++) rows[index] = new JudgedRow(this, index);
		return rows;
	}

	count(): Pick<Report, 'counts' | 'countByReason' | 'classCodes'> {
		const { length } = this.clients;
		const classCodes = new Uint8Array(length);
		const byClass = [0, 0, 0];
		const byVerdict = new Uint32Array(256);
		const countByReason: Partial<Record<ReasonKind, number>> = {};
		const add = (kind: ReasonKind | undefined, count: number) => {
			if (kind && count > 0) countByReason[kind] = (countByReason[kind] ?? 0) + count;
		};
		for (let index = 0; index < length; index++) {
			const verdict = this.#verdicts[index] as number;
			const code = classCodeIn(verdict);
			classCodes[index] = code;
			byVerdict[verdict] = (byVerdict[verdict] as number) + 1;
			if (verdict === code && code !== 0) add(this.#reasons[index]?.[0]?.kind, 1);
		}
		byVerdict.forEach((count, verdict) => {
			const code = classCodeIn(verdict);
			byClass[code] = (byClass[code] ?? 0) + count;
			add(reasonIn(verdict), count);
		});
		const [ready = 0, held = 0, leftOut = 0] = byClass;
		return { counts: { ready, held, 'left-out': leftOut }, countByReason, classCodes };
	}
}

/** Holds next to nothing of its own, so that 100,000 of them are soon made. */
class JudgedRow implements ReportRow {
	readonly #judged: JudgedClients;
	readonly #index: number;

	constructor(judged: JudgedClients, index: number) {
		this.#judged = judged;
		this.#index = index;
	}

	get class(): ReportClass {
		return this.#judged.classAt(this.#index);
	}

	get client(): Client {
		return this.#judged.clients.row(this.#index);
	}

	get clientId(): string {
		return this.#judged.idAt(this.#index);
	}

	get addressed(): Addressed {
		return this.#judged.addressedAt(this.#index);
	}

	get foundIn(): Table<Client> {
		return this.#judged.clients;
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

	get sharesInbox(): boolean | undefined {
		return this.#judged.sharesInboxAt(this.#index);
	}

	get isMinor(): boolean {
		return this.#judged.isMinorAt(this.#index);
	}

	get isOneEach(): boolean {
		return this.#judged.isOneEachAt(this.#index);
	}
}
