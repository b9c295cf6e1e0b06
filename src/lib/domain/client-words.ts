import type { ClientKind, ClientStatus } from './client.ts';

function byWord<Value>(lists: Record<string, Value>): Map<string, Value> {
	const map = new Map<string, Value>();
	for (const [list, value] of Object.entries(lists))
		for (const word of list.split(',')) map.set(word, value);
	return map;
}

/** Few different words fill a column: the word as written is looked up before it is folded. */
function lookUp<Value>(map: Map<string, Value>, text: string): Value | undefined {
	return map.get(text) ?? map.get(text.trim().toLowerCase());
}

const statuses = byWord<ClientStatus>({
	'Active,active,aktiv,actif,activo,activa,attivo,laufend,current,open,ongoing,enrolled,in treatment,a,in progress,existing':
		'active',
	'Inactive,inactive,inaktiv,inactif,inactivo,inactiva,beendet,abgeschlossen,ehemalig,ancien,discharged,closed,former,past,terminated,on hold,paused,not active,disabled,suspended,i,dormant,lapsed,completed,graduated,transferred,withdrawn,dropped out,dropped,alumni,ended,finished':
		'inactive',
	'Prospective,prospective,warteliste,anfrage,neu,prospect,lead,waitlist,waiting list,waitlisted,pending,inquiry,enquiry,intake,new,potential,new client,new patient':
		'prospective',
	'Archived,archived,archiviert,archivado,deleted,removed,deceased': 'archived',
});

const kinds = byWord<ClientKind>({
	'Adult,Individual,adult,individual,single': 'adult',
	'Minor,minor,child,adolescent,teen,teenager,youth,kid': 'minor',
	'Couple,couple,couples,partners': 'couple',
});

const answers = byWord<boolean>({
	'true,yes,y,1,allowed,granted,given,consented,opted in,opt in,opted-in,opt-in,wahr,vrai,x,t,✓,✔,on,checked,active,ja,oui,si,sí': true,
	'false,no,n,0,denied,declined,refused,revoked,withdrawn,not allowed,opted out,opt out,opted-out,opt-out,falsch,faux,f,off,unchecked,inactive,-,nein,non': false,
});

const badAddressStates = byWord<'bounced' | 'unsubscribed'>({
	'bounced,bounce,hard bounce,hard bounced,invalid,undeliverable,failed,bad,blocked,suppressed,does not exist':
		'bounced',
	'unsubscribed,opted out,opt out,opted-out,opt-out,do not email,complained,complaint,spam':
		'unsubscribed',
});

/** "Current client" is "current". */
const ofWhom = /\b(?:clients?|patients?|klient(?:in)?|patient(?:in)?|kunde)\b/giu;

/** The status that a word of the previous software means; undefined when it is not known. */
export const readStatus = (text: string): ClientStatus | undefined =>
	lookUp(statuses, text) ?? lookUp(statuses, text.replace(ofWhom, ' '));

export const readKind = (text: string): ClientKind | undefined => lookUp(kinds, text);

/** "Yes" in its many spellings; undefined for a blank and for words that are neither yes nor no. */
export const readAnswer = (text: string): boolean | undefined => lookUp(answers, text);

/** Why mail should not go to an address, as the previous software said it; undefined when it may. */
export const readAddressState = (text: string): 'bounced' | 'unsubscribed' | undefined =>
	lookUp(badAddressStates, text);

const notJoined = new Set(
	'invited,invitation sent,invite sent,sent,pending,waiting,not yet,never,none,null,n/a,na,not invited,not joined,not registered,not activated,unregistered,not active,no login,no access,no account,no portal,disabled,deactivated,declined,expired,revoked'.split(
		',',
	),
);

/** Whether a cell says that its client has a portal login: a yes, a date, or the login itself. */
export const readHasLogin = (text: string): boolean =>
	text !== '' && readAnswer(text) !== false && !notJoined.has(text.trim().toLowerCase());
