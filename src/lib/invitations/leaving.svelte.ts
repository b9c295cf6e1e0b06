import { statusOf } from '$lib/domain/outbox-status.ts';
import { quotaInWords } from '$lib/domain/plan-words.ts';
import { type PlannedDay, planOverDays } from '$lib/domain/send-plan.ts';
import { settingsFrom, type SettingsRow } from '$lib/domain/settings.ts';
import { live } from '$lib/vault/live.svelte.ts';

/** When a batch leaves: at once, at a time that the person sets, or over days within the relay's quota. */
export class Leaving {
	readonly #settings: () => readonly SettingsRow[];
	readonly #messages = live('messages');
	#laterAt = $state(0);
	#isWrong = $state(false);

	/** `settings`: a rune. */
	constructor(settings: () => readonly SettingsRow[]) {
		this.#settings = settings;
	}

	/** Epoch milliseconds; 0: as soon as may be. */
	get laterAt(): number {
		return this.#laterAt;
	}

	/** A time was asked for that is past, or none: nothing may be sent on the strength of it. */
	get isWrong(): boolean {
		return this.#isWrong;
	}

	/** `at`: epoch milliseconds, NaN for what is no time. */
	sendLater(at: number, now: number): void {
		this.#isWrong = !(at > now);
		this.#laterAt = this.#isWrong ? 0 : at;
	}

	sendAtOnce(): void {
		this.#laterAt = 0;
		this.#isWrong = false;
	}

	/** "150 of 200 left today"; '' where there is no quota. */
	quota(now: number): string {
		const { relay, status } = this.#known();
		return relay.kind === 'by-hand' ? '' : quotaInWords(relay, status, now);
	}

	/** What of `inboxes` messages leaves when; empty when all leave at once. */
	plan(inboxes: number, now: number): readonly PlannedDay[] {
		const { relay, status } = this.#known();
		if (relay.kind === 'by-hand' || inboxes === 0) return [];
		const waiting =
			this.#messages.current?.filter(
				({ state, scheduledFor }) => state === 'queued' && !(scheduledFor > now),
			).length ?? 0;
		const from = Math.max(now, this.#laterAt);
		const days = planOverDays(inboxes, relay, status, from, waiting);
		const [first] = days;
		return days.length === 1 && first && first.at <= now ? [] : days;
	}

	#known() {
		const rows = this.#settings();
		const relay = settingsFrom(rows, 'relay');
		return { relay, status: statusOf(settingsFrom(rows, 'outbox'), relay.kind) };
	}
}
