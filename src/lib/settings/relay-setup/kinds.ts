import type { RelayKind } from '$lib/domain/settings/relay.ts';

export interface KindWords {
	kind: RelayKind;
	label: string;
	/** What it is, in one plain sentence. */
	sentence: string;
	/** Who gets to see what, one sentence each. */
	whoSees: { who: string; what: string }[];
	/** What it can't promise; '' where it can. */
	limits: string;
	/** Against what it was tested; '' for our own. */
	tested: string;
}

const invitationOnly = 'the invitations that you confirmed: name, address and text.';
const noOneElse = {
	who: 'Nobody sees',
	what: 'your list of clients, dates of birth, phone numbers, or anyone whom you did not invite.',
};

/** When a connection breaks, such a service can't tell a repeat from a second message. */
function cannotDropRepeats(name: string): string {
	return `${name} cannot drop repeats. If the connection breaks at the wrong moment, nobody can say whether a message left, and a browser may itself have sent it a second time. Portico then shows the message as unconfirmed and asks you; it never sends it again by itself.`;
}

function builtBy(whose: string): string {
	return `Portico speaks to it by ${whose} published documentation, and was tested against stand-ins that do. Send a test to yourself before the first invitation.`;
}

export const kinds: readonly KindWords[] = [
	{
		kind: 'portico',
		label: 'Portico relay',
		sentence: 'A small service of your own that hands each invitation to your mail server.',
		whoSees: [
			{ who: 'The relay sees', what: invitationOnly },
			{ who: 'Your mail server sees', what: 'the same, as with every mail that you write.' },
			noOneElse,
		],
		limits: '',
		tested: '',
	},
	{
		kind: 'emailjs',
		label: 'EmailJS',
		sentence: 'A company that takes each invitation and sends it through your mail account.',
		whoSees: [
			{ who: 'EmailJS sees', what: `${invitationOnly} It may keep a history of them.` },
			{ who: 'Your mail service sees', what: 'the same, as with every mail that you write.' },
			noOneElse,
		],
		limits: cannotDropRepeats('EmailJS'),
		tested: '',
	},
	{
		kind: 'gmail',
		label: 'Gmail',
		sentence: 'Your own Google account sends, straight from this browser.',
		whoSees: [
			{ who: 'Google sees', what: `${invitationOnly} They lie in your folder of sent mail.` },
			{
				who: 'Portico may',
				what: 'send mail as you, and learn which address you sign in with. It can read no mail.',
			},
			noOneElse,
		],
		limits: cannotDropRepeats('Gmail'),
		tested: builtBy("Google's"),
	},
	{
		kind: 'microsoft',
		label: 'Microsoft 365',
		sentence: 'Your own Microsoft 365 or Outlook.com account sends, straight from this browser.',
		whoSees: [
			{ who: 'Microsoft sees', what: `${invitationOnly} They lie in your folder of sent mail.` },
			{
				who: 'Portico may',
				what: 'send mail as you, and learn which address you sign in with. It can read no mail.',
			},
			noOneElse,
		],
		limits: cannotDropRepeats('Microsoft 365'),
		tested: builtBy("Microsoft's"),
	},
	{
		kind: 'jmap',
		label: 'JMAP',
		sentence:
			'A mail account at Fastmail, Stalwart or another JMAP server sends, straight from here.',
		whoSees: [
			{
				who: 'Your mail server sees',
				what: `${invitationOnly} They lie in your folder of sent mail.`,
			},
			{
				who: 'The token may let Portico',
				what: 'read mail too: JMAP knows no token for sending only. Portico looks only for its own messages.',
			},
			noOneElse,
		],
		limits:
			'JMAP has no keys against repeats. Portico guards against a repeat by the browser itself, and looks for its own message before it doubts; where even that does not tell, the message is shown as unconfirmed and you decide.',
		tested: builtBy("JMAP's"),
	},
	{
		kind: 'by-hand',
		label: 'No relay: I hand them over myself',
		sentence: 'You open each invitation in your mail program, or copy, save or print it.',
		whoSees: [
			{ who: 'Only you see', what: 'the invitations, until you hand them over.' },
			{
				who: 'Portico keeps',
				what: 'who was handed an invitation, by whom and when, sealed on this device.',
			},
		],
		limits: '',
		tested: '',
	},
];

export function wordsOfKind(kind: RelayKind): KindWords {
	const words = kinds.find((one) => one.kind === kind);
	if (!words) throw new Error(`No words for ${kind}`);
	return words;
}
