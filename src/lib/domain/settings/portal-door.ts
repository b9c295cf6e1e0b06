import type { Defaults } from './defaults.ts';

/** Where the link of an invitation goes: to the portal itself, or to Portico's own welcome page. */
export interface PortalDoorSettings {
	id: 'portal-door';
	/** The link opens the welcome page. */
	isOn: boolean;
	/** Where clients can open this app; without a fragment. */
	appAddress: string;
	/** What happens next, in the practice's own words; '' for the page's. */
	whatHappensNext: string;
	/** The page asks 'I have joined', also where the practice has a portal. */
	asksForAnswer: boolean;
	/** The page may leave answers at the practice's Portico relay. */
	answersThroughRelay: boolean;
}

/**
 * The key pair that signs invitations (P-256, the parts of its JWK); '' until it is made. It stays in the
 * vault, and a backup carries it: answers to what was sent can be verified with it alone.
 */
export interface DoorKeys {
	id: 'door-keys';
	x: string;
	y: string;
	/** The private part. */
	d: string;
	/** Epoch milliseconds. */
	madeAt: number;
}

export type DoorRow = PortalDoorSettings | DoorKeys;

export const doorDefaults: Defaults<DoorRow> = {
	'portal-door': {
		id: 'portal-door',
		isOn: false,
		appAddress: '',
		whatHappensNext: '',
		asksForAnswer: false,
		answersThroughRelay: false,
	},
	'door-keys': { id: 'door-keys', x: '', y: '', d: '', madeAt: 0 },
};
