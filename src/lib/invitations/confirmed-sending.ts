import type { InvitationHistory } from '$lib/domain/invitation-history.ts';
import type { Professional } from '$lib/domain/professional.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import type { ReportRow } from '$lib/domain/report.ts';
import type { PlannedDay } from '$lib/domain/send-plan.ts';
import type { InvitationSettings, PracticeSettings } from '$lib/domain/settings/practice.ts';
import type { PortalDoorSettings } from '$lib/domain/settings/portal-door.ts';
import type { ReportScope } from '$lib/domain/settings/report-choices.ts';
import type { Wording } from '$lib/domain/wording.ts';
import type { DoorCrypto } from './door/keys.ts';
import type { Notes } from './editor/notes.ts';

/** What the person confirmed: it is what will be sent, whatever changes meanwhile. */
export interface ConfirmedSending {
	/** Of which report; left out, of who was never invited. */
	kind?: ReportKind;
	/** What was sent before to those of the other reports, as she saw it. */
	histories?: ReadonlyMap<string, InvitationHistory>;
	/** Why those are written to who had a mail within the last day; '' where there are none. */
	reason?: string;
	rows: readonly ReportRow[];
	template: Wording;
	/** What is written to single clients, by their ids. */
	notes?: Notes;
	practice: PracticeSettings;
	invitation: Pick<InvitationSettings, 'undoWindowMs' | 'expiryDays'>;
	/** Answers of their clients go to them, where they have an address of their own. */
	professionals?: readonly Professional[];
	/** Where the links go, where not to the portal's own address. */
	door?: PortalDoorSettings;
	/** When they leave, where not at once: at a set time, or over several days (`domain/send-plan.ts`). */
	plan?: readonly PlannedDay[];
}

export interface QueuedBatch {
	messageIds: readonly string[];
	/** Clients invited. */
	people: number;
	/** Confirmed, but not queued: invited or changed in another tab meanwhile. */
	skipped: number;
	/** Epoch milliseconds: until then all can be called back. */
	dueAt: number;
	/** Of which report it was. */
	kind?: ReportKind;
	/** The person's own choices that the batch used up, to be put back with it. */
	choices: Readonly<Record<string, boolean>>;
	/** The notes that were sent, put back with it. */
	notes?: Notes;
	/** Guardians who became portal users with it. */
	portalUserIds: readonly string[];
	/** To whom the report was limited, which ends with the sending; put back with it, too. */
	scope?: ReportScope | undefined;
}

export interface SendingPorts {
	now: () => number;
	crypto: DoorCrypto;
}

export const browserPorts: SendingPorts = {
	now: Date.now,
	crypto: globalThis.crypto,
};

/** Collections that a sending reads or changes. */
export const needs = [
	'clients',
	'contacts',
	'portalUsers',
	'invitations',
	'messages',
	'letters',
	'settings',
] as const;
