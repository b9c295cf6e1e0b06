import type { LetterName } from '$lib/domain/default-templates.ts';
import { hindranceOf, limitEndsAt, type Hindrance } from '$lib/domain/hindrance.ts';
import type { InvitationHistory } from '$lib/domain/invitation-history.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import { peopleAndInboxes, type ReportRow } from '$lib/domain/report.ts';
import { whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import { mailsIn } from '$lib/domain/written-to.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import type { OutgoingMessage } from '$lib/domain/outcome.ts';
import { writtenTo } from '$lib/domain/written-to.ts';
import { connection } from '$lib/platform/online.svelte.ts';
import type { Departure } from './departure.ts';
import { noteTo } from './editor/notes.ts';
import { Leaving } from './leaving.svelte.ts';
import { previewMessage, type PreviewOptions } from './preview-message.ts';
import { Sending } from './sending.svelte.ts';
import { whatChanged, type Question } from './what-changed.ts';
import { WhatIsSent } from './what-is-sent.svelte.ts';

/** What the report brings along. */
export interface InvitingPorts {
	/** Which report; left out, of who was never invited. */
	kind?: ReportKind;
	/** A rune: who is to be invited. */
	checked: () => readonly ReportRow[];
	/** A rune: what was sent before to those of the other reports. */
	histories?: () => ReadonlyMap<string, InvitationHistory> | undefined;
	/** Resolves when the vault holds every choice. */
	flush: () => Promise<void>;
	/** A rune: false when the relay did not answer the last time. */
	isReachable: () => boolean;
}

/** A second press that was meant for the first question must not answer the new one. */
const lookMs = 800;

/** From 'Send Invitation' to the queue: what is missing, the last question, the answer. */
export class Inviting {
	readonly #ports: InvitingPorts;
	readonly #sent: WhatIsSent;
	readonly sending: Sending = new Sending((people, undoWindowMs) =>
		this.#departure(people, undoWindowMs),
	);
	/** When the batch of the question is to leave. */
	readonly leaving: Leaving = new Leaving(() => this.#sent.rows);
	/** After the first attempt each recipient's own values are looked at too; before, that would be for nothing. */
	#hasTried = $state(false);
	#question = $state.raw<Question>();
	#changes = $state.raw<readonly string[]>([]);
	#isToBeRead = $state(false);

	readonly count = $derived.by(() => peopleAndInboxes(this.#ports.checked()));
	readonly blockers = $derived.by(() =>
		whatBlocksSending({
			practice: this.#sent.practice,
			relay: this.#sent.relay,
			template: this.#sent.template,
			door: this.#sent.door,
			rows: this.#hasTried ? this.#ports.checked() : [],
		}),
	);

	constructor(ports: InvitingPorts) {
		this.#ports = ports;
		this.#sent = new WhatIsSent(ports.kind === 'waiting' ? 'reminder' : 'invitation');
	}

	/** Which of the practice's letters is sent. */
	get letter(): LetterName {
		return this.#sent.letter;
	}

	/** All of the kind that this report sends. */
	get letters(): readonly LetterName[] {
		return this.#sent.letters;
	}

	get kind(): ReportKind {
		return this.#ports.kind ?? 'first';
	}

	/** Whether a reason is to be given: somebody had a mail within the last day. */
	get needsReason(): boolean {
		return (this.#question?.rows ?? []).some(({ reasons }) =>
			reasons.some(({ kind }) => kind === 'written-today'),
		);
	}

	get isLoaded(): boolean {
		return this.#sent.isLoaded;
	}

	/** What the last dialog shows, as it was when it was asked; undefined while nothing is asked. */
	get question(): Question | undefined {
		return this.#question;
	}

	/** What changed between the first asking and this one, in words. */
	get changes(): readonly string[] {
		return this.#changes;
	}

	/** Something is under way, or was just changed and is to be read first. */
	get isBusy(): boolean {
		return this.sending.isUnderWay || this.#isToBeRead;
	}

	/** When the batch of the question would leave. */
	get departure(): Departure {
		const { rows = [], invitation = this.#sent.invitation } = this.#question ?? {};
		const plan = this.leaving.plan(mailsIn(rows).mails, Date.now());
		const { kind } = this;
		return { ...this.#departure(rows.length, invitation.undoWindowMs), plan, kind };
	}

	/** What the preview shows a message with. `now`: epoch milliseconds. */
	previewOptions(now: number): PreviewOptions {
		const { template, practice, professionals, door, invitation } = this.#sent;
		return { template, practice, professionals, door, expiryDays: invitation.expiryDays, now };
	}

	/** The first message of the question, as it would leave; undefined while nobody is checked. */
	firstMessage(now: number): OutgoingMessage | undefined {
		const [row] = this.#question?.rows ?? this.#ports.checked();
		return (
			row &&
			previewMessage(
				writtenTo(row),
				this.previewOptions(now),
				noteTo(row.client.id, this.#sent.notes),
			)
		);
	}

	/** Asks the last question, if it can be asked. */
	ask(): 'asked' | 'blocked' | 'nobody' {
		this.#hasTried = true;
		this.#changes = [];
		if (this.blockers.length > 0) return 'blocked';
		if (this.count.people === 0) return 'nobody';
		if (!this.#question) this.leaving.sendAtOnce();
		this.#question = this.#now();
		return 'asked';
	}

	dismiss(): void {
		this.#question = undefined;
	}

	/**
	 * Queues what the dialog showed. Where something changed under it since, nothing is queued: the
	 * question is asked anew, with what changed.
	 */
	async confirm(reason = ''): Promise<'queued' | 'asked-again' | 'blocked' | 'nobody'> {
		const asked = this.#question;
		if (!asked) return 'nobody';
		await this.#ports.flush();
		const changes = whatChanged(asked, this.#now());
		if (changes.length > 0) {
			const outcome = this.ask();
			if (outcome !== 'asked') {
				this.dismiss();
				return outcome;
			}
			this.#changes = changes;
			this.#isToBeRead = true;
			setTimeout(() => (this.#isToBeRead = false), lookMs);
			return 'asked-again';
		}
		const plan = this.leaving.plan(mailsIn(asked.rows).mails, Date.now());
		await this.sending.send({ ...asked, reason, plan });
		this.dismiss();
		this.#hasTried = false;
		return 'queued';
	}

	#now(): Question {
		const { template, notes, practice, relay, invitation, professionals, door } = this.#sent;
		const histories = this.#ports.histories?.();
		return {
			kind: this.kind,
			...(histories && { histories }),
			rows: this.#ports.checked(),
			template,
			notes,
			practice,
			relay,
			invitation,
			professionals,
			door,
		};
	}

	/** Read from the vault itself: a toast outlives the page, and with it what is derived here. */
	#departure(people: number, undoWindowMs: number): Departure {
		const rows = this.#sent.stored;
		const status = settingsFrom(rows, 'outbox');
		const relay = settingsFrom(rows, 'relay');
		const now = Date.now();
		const hindrance: Hindrance = hindranceOf(
			status,
			relay,
			connection.isOnline,
			now,
			this.#ports.isReachable(),
		);
		const resumeAt = limitEndsAt(status, relay, now);
		return { hindrance, people, undoWindowMs, resumeAt, now };
	}
}
