import type { Client } from '$lib/domain/client.ts';
import { foldName } from '$lib/domain/person-name.ts';
import { Fingerprint } from './fingerprint.ts';
import { KeyTable } from './key-table.ts';
import type { LikelyReason } from './match-policy.ts';

/** Finds the known client whom a row's client may be, although nothing proves it. */
export type FindLikely = (client: Client) => { known: number; reason: LikelyReason } | undefined;

/** Under what they are looked up, the likeliest first; two programs spell one person differently. */
const ways = ['birth', 'address', 'phone', 'name-alone'] as const;

/**
 * Clients who were certainly born on different days are never alike. A shared address or telephone
 * alone means a family: the first name must be alike too.
 */
export function makeFindLikely(known: readonly Client[]): FindLikely {
	const word = new Fingerprint();
	let table: KeyTable | undefined;

	/** Whether the client has what this way needs; its key is in `word` then. */
	function sign(client: Client, way: number): boolean {
		word.start();
		switch (ways[way]) {
			case 'birth':
				if (client.dateOfBirth === '' || client.lastName === '') return false;
				word.text(client.dateOfBirth).name('', client.lastName);
				break;
			case 'address':
				if (client.emailAddress === '') return false;
				word.text(client.emailAddress);
				break;
			case 'phone':
				if (client.lastName === '' || word.digits(client.phone) === 0) return false;
				word.name('', client.lastName);
				break;
			default:
				if (client.firstName === '' && client.lastName === '') return false;
				word.name(client.firstName, client.lastName);
		}
		return true;
	}

	function index(): KeyTable {
		const filled = new KeyTable(known.length * ways.length);
		known.forEach((client, at) => {
			for (let way = 0; way < ways.length; way += 1)
				if (sign(client, way)) filled.add(word.a ^ way, word.b, at);
		});
		return filled;
	}

	return (client) => {
		if (known.length === 0) return undefined;
		table ??= index();
		for (let way = 0; way < ways.length; way += 1) {
			if (!sign(client, way)) continue;
			const [low, high] = [word.a ^ way, word.b];
			for (let at = table.first(low, high); at >= 0; at = table.next(at)) {
				const other = known[table.value(at)] as Client;
				const reason = likeness(client, other, ways[way] as (typeof ways)[number]);
				if (reason) return { known: table.value(at), reason };
			}
		}
		return undefined;
	};
}

const differ = (a: string, b: string) => a !== '' && b !== '' && a !== b;

function likeness(a: Client, b: Client, way: (typeof ways)[number]): LikelyReason | undefined {
	if (differ(a.dateOfBirth, b.dateOfBirth)) return undefined;
	if (way !== 'name-alone') {
		if (!isFirstNameAlike(a, b)) return undefined;
		const isSameName = foldName(a.firstName) === foldName(b.firstName) && a.lastName === b.lastName;
		return isSameName && differ(a.externalId, b.externalId) ? 'name-other-id' : way;
	}
	return differ(a.externalId, b.externalId) ? 'name-other-id' : 'name-alone';
}

function isFirstNameAlike(a: Client, b: Client): boolean {
	const [one, other] = [foldName(a.firstName), foldName(b.firstName)];
	if (one === '' || other === '') return false;
	if (one.startsWith(other) || other.startsWith(one)) return true;
	const called = [foldName(a.preferredName), foldName(b.preferredName)];
	return called.includes(one) || called.includes(other) || isOneLetterApart(one, other);
}

/** One letter more, less or other, in names long enough for that to be a slip of the hand. */
function isOneLetterApart(a: string, b: string): boolean {
	if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > 1) return false;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start += 1;
	const [restA, restB] = [a.slice(start), b.slice(start)];
	return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1);
}
