import type { HandOverWay, MessageEvent } from '$lib/domain/message.ts';
import type { RelayKind } from '$lib/domain/settings/relay.ts';

export const relayNames: Record<RelayKind, string> = {
	portico: 'the Portico relay',
	emailjs: 'EmailJS',
	gmail: 'Gmail',
	microsoft: 'Microsoft 365',
	jmap: 'the JMAP server',
	'by-hand': 'your own hand',
};

const wayWords: Record<HandOverWay, string> = {
	'mail-program': 'in a mail program',
	'copied-message': 'as a copied message',
	'copied-link': 'as a copied link',
	'eml-file': 'as an .eml file',
	letter: 'as a printed letter',
	otherwise: '',
};

/** What happened, in words: "Gmail took it", "Handed over by Dana Reyes, as a printed letter". */
export function eventInWords(event: MessageEvent): string {
	const relay = event.relay ? relayNames[event.relay] : 'the relay';
	switch (event.event) {
		case 'queued':
			return 'Queued';
		case 'claimed':
			return event.relay ? `Sending began, through ${relay}` : 'Sending began';
		case 'accepted':
			return capital(`${relay} took it`);
		case 'refused':
			return capital(`${relay} refused it`);
		case 'relay-refused':
			return capital(`${relay} takes no messages`);
		case 'throttled':
			return capital(`${relay} asked to wait`);
		case 'unreachable':
			return capital(`${relay} could not be reached`);
		case 'unknown':
			return event.relay ? `No sure answer from ${relay}` : 'No sure answer';
		case 'orphan':
			return 'Interrupted';
		case 'held':
			return 'Held';
		case 'released':
			return 'Let go on its way';
		case 'cancelled':
			return 'Cancelled';
		case 'retried':
			return 'Queued again';
		case 'confirmed':
			return 'Marked as arrived';
		case 'scheduled':
			return 'Its time to leave was changed';
		case 'rendered-anew':
			return 'Written anew with the text and data of that time';
		case 'address-corrected':
			return 'The address was corrected';
		case 'handed-over':
			return handedOverInWords(event);
		case 'not-shown': {
			const count = event.count ?? 0;
			return `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'} before this ${count === 1 ? 'is' : 'are'} not kept`;
		}
	}
}

function handedOverInWords({ by, way }: MessageEvent): string {
	return `Handed over${by ? ` by ${by}` : ''}${way && wayWords[way] ? `, ${wayWords[way]}` : ''}`;
}

/** "Handed over by Dana Reyes, as a printed letter", for the row; '' when nobody did. */
export function handOverInWords(history: readonly MessageEvent[]): string {
	const event = history.findLast(({ event }) => event === 'handed-over');
	return event ? `${handedOverInWords(event)}.` : '';
}

export function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
