import type { Client } from '$lib/domain/client.ts';
import { isEqual } from '$lib/domain/equal.ts';
import { householdChoicesFrom, type ChoiceByInbox } from '$lib/domain/household.ts';
import { buildReport, type Report, type ReportInput } from '$lib/domain/report.ts';
import type { SettingsRow } from '$lib/domain/settings.ts';
import type { Table } from '$lib/domain/table.ts';
import type { Snapshot } from './types.ts';
import { theVault } from './the-vault.ts';
import { createSubscriber } from 'svelte/reactivity';

const sources = ['clients', 'contacts', 'portalUsers', 'invitations', 'messages'] as const;

/** A run of the outbox changes messages many times a second: at most a tenth of the time goes into reports. */
const restFactor = 9;
const dayLookMs = 60_000;

export interface ReportNow extends Report {
	/** In the order of the rows; the same array as long as no client changed. */
	clients: Table<Client>;
	/** The time that the report was built for, epoch milliseconds. */
	at: number;
}

/** Builds another report than that of who was never invited, with what it asks of the settings. */
export interface OtherReport<Option> {
	optionFrom: (settings: readonly SettingsRow[]) => Option;
	build: (input: ReportInput, option: Option) => Report;
}

const firstReport: OtherReport<undefined> = {
	optionFrom: () => undefined,
	build: (input) => buildReport(input),
};

/** The report as a rune: built from the vault, and anew when what it is derived from changes or a day ends. */
export class LiveReport<Option = undefined> {
	readonly #other: OtherReport<Option>;
	#option: Option | undefined;
	#current: ReportNow | undefined;
	#problem: unknown;
	#readFrom: readonly unknown[] = [];
	#households: ChoiceByInbox = {};
	#timer: ReturnType<typeof setTimeout> | undefined;
	#restUntil = 0;

	#subscribe = createSubscriber((update) => {
		let stop: (() => void) | undefined;
		let isGone = false;
		const follow = async () => {
			const vault = await theVault();
			await vault.load(...sources, 'settings');
			if (isGone) return;
			const look = () => this.#look(vault.snapshot, update);
			stop = vault.follow(look);
			look();
		};
		const start = () =>
			follow().catch((error: unknown) => {
				this.#problem = error;
				update();
			});
		void start();
		const day = setInterval(() => {
			if (this.#current && !isSameDay(this.#current.at, Date.now())) {
				this.#readFrom = [];
				void theVault().then((vault) => this.#look(vault.snapshot, update));
			}
		}, dayLookMs);
		return () => {
			isGone = true;
			stop?.();
			clearInterval(day);
			clearTimeout(this.#timer);
			this.#timer = undefined;
		};
	});

	constructor(other?: OtherReport<Option>) {
		this.#other = other ?? (firstReport as unknown as OtherReport<Option>);
	}

	/** Undefined until the collections are read. */
	get current(): ReportNow | undefined {
		this.#subscribe();
		return this.#current;
	}

	/** Why there is no report; undefined when nothing is wrong. */
	get problem(): unknown {
		this.#subscribe();
		return this.#problem;
	}

	#look(snapshot: Snapshot, update: () => void): void {
		if (this.#timer !== undefined) return;
		const collections = sources.map((name) => snapshot.table(name));
		// Settings change with each message that leaves: only what is read of them counts.
		const households = householdChoicesFrom(snapshot.rows('settings'));
		const option = this.#other.optionFrom(snapshot.rows('settings'));
		const isSame = isEqual(households, this.#households) && isEqual(option, this.#option);
		if (isSame && collections.every((rows, index) => rows === this.#readFrom[index])) return;
		const waitMs = this.#restUntil - performance.now();
		if (waitMs > 1) {
			this.#timer = setTimeout(() => {
				this.#timer = undefined;
				void theVault().then((vault) => this.#look(vault.snapshot, update));
			}, waitMs);
			return;
		}
		this.#readFrom = collections;
		this.#households = households;
		this.#option = option;
		this.#build(snapshot, option);
		update();
	}

	#build(snapshot: Snapshot, option: Option): void {
		const startedAt = performance.now();
		const at = Date.now();
		const clients = snapshot.table('clients');
		const input: ReportInput = {
			clients,
			contacts: snapshot.table('contacts'),
			portalUsers: snapshot.table('portalUsers'),
			invitations: snapshot.rows('invitations'),
			messages: snapshot.rows('messages'),
			households: this.#households,
			now: at,
		};
		this.#current = { ...this.#other.build(input, option), clients, at };
		const endedAt = performance.now();
		this.#restUntil = endedAt + (endedAt - startedAt) * restFactor;
	}
}

function isSameDay(a: number, b: number): boolean {
	return new Date(a).toDateString() === new Date(b).toDateString();
}
