import type { Client } from '$lib/domain/client.ts';
import { isEqual } from '$lib/domain/equal.ts';
import { householdChoicesFrom, type ChoiceByInbox } from '$lib/domain/household.ts';
import { buildReport, type Report } from '$lib/domain/report.ts';
import type { Table } from '$lib/domain/table.ts';
import type { Snapshot } from './types.ts';
import { theVault } from './the-vault.ts';
import { createSubscriber } from 'svelte/reactivity';

const sources = ['clients', 'contacts', 'invitations', 'messages'] as const;

/** A run of the outbox changes messages many times a second: at most a tenth of the time goes into reports. */
const restFactor = 9;
const dayLookMs = 60_000;

export interface ReportNow extends Report {
	/** In the order of the rows; the same array as long as no client changed. */
	clients: Table<Client>;
	/** The time that the report was built for, epoch milliseconds. */
	at: number;
}

/** The report as a rune: built from the vault, and anew when what it is derived from changes or a day ends. */
export class LiveReport {
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
		const isSame = isEqual(households, this.#households);
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
		this.#build(snapshot);
		update();
	}

	#build(snapshot: Snapshot): void {
		const startedAt = performance.now();
		const at = Date.now();
		const clients = snapshot.table('clients');
		const report = buildReport({
			clients,
			contacts: snapshot.table('contacts'),
			invitations: snapshot.rows('invitations'),
			messages: snapshot.rows('messages'),
			households: this.#households,
			now: at,
		});
		this.#current = { ...report, clients, at };
		const endedAt = performance.now();
		this.#restUntil = endedAt + (endedAt - startedAt) * restFactor;
	}
}

function isSameDay(a: number, b: number): boolean {
	return new Date(a).toDateString() === new Date(b).toDateString();
}
