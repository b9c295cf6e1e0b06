import type { Defaults } from './defaults.ts';

/** The kinds of relay; `by-hand`: the practitioner hands every message over herself. */
export type RelayKind = 'portico' | 'emailjs' | 'gmail' | 'microsoft' | 'jmap' | 'by-hand';

/** Which relay is used, at what pace, and how the Portico relay is reached. */
export interface RelaySettings {
	id: 'relay';
	kind: RelayKind | '';
	/** Where the Portico relay answers: `{url}/messages`. */
	url: string;
	token: string;
	messagesPerSecond: number;
	/** 0: no limit. Counted by the device's calendar. */
	messagesPerDay: number;
	messagesPerMonth: number;
}

/** A kind is chosen only once its set-up is complete, so that one question answers all kinds. */
export function isRelaySetUp({ kind, url }: Pick<RelaySettings, 'kind' | 'url'>): boolean {
	return kind === 'portico' ? url.trim() !== '' : kind !== '';
}

/** What EmailJS needs to send; all three are public by its own design. */
export interface EmailJsSettings {
	id: 'emailjs';
	publicKey: string;
	serviceId: string;
	templateId: string;
}

/** The practice's own app registration with Google, by its client id. */
export interface GmailSettings {
	id: 'gmail';
	clientId: string;
}

/** The practice's own app registration with Microsoft. `tenant`: `common`, `organizations`, `consumers` or an id. */
export interface MicrosoftSettings {
	id: 'microsoft';
	clientId: string;
	tenant: string;
}

/** A JMAP server (RFC 8620): its session resource and an API token. */
export interface JmapSettings {
	id: 'jmap';
	sessionUrl: string;
	token: string;
}

/** The practitioner's sign-in with Google or Microsoft; empty when signed out. */
export interface SignIn {
	id: 'sign-in';
	kind: 'gmail' | 'microsoft' | '';
	/** The address that mails come from. */
	account: string;
	accessToken: string;
	/** '' where the vendor gives none to a browser. */
	refreshToken: string;
	/** When the access token ends, epoch milliseconds. */
	expiresAt: number;
}

export type RelayRow =
	RelaySettings | EmailJsSettings | GmailSettings | MicrosoftSettings | JmapSettings | SignIn;

export const relayDefaults: Defaults<RelayRow> = {
	relay: {
		id: 'relay',
		kind: '',
		url: '',
		token: '',
		messagesPerSecond: 10,
		messagesPerDay: 0,
		messagesPerMonth: 0,
	},
	emailjs: { id: 'emailjs', publicKey: '', serviceId: '', templateId: '' },
	gmail: { id: 'gmail', clientId: '' },
	microsoft: { id: 'microsoft', clientId: '', tenant: 'common' },
	jmap: { id: 'jmap', sessionUrl: '', token: '' },
	'sign-in': {
		id: 'sign-in',
		kind: '',
		account: '',
		accessToken: '',
		refreshToken: '',
		expiresAt: 0,
	},
};
