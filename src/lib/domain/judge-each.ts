import {
	guardedVerdict,
	isListedIn,
	lastAdultBirth,
	minorBirth,
	openDigest,
	strangeBirth,
} from './client-digest.ts';
import { EqualTexts } from './equal-texts.ts';
import type { Guardians } from './guardians.ts';
import type { Standings } from './invitation-standing.ts';
import type { JudgedClients } from './judged-clients.ts';
import { lastBirthdayOfAdults, minorTest } from './minors.ts';
import { FactsAt } from './report-facts.ts';
import { type Judge, unguardedBy } from './report-judge.ts';
import { isOwnInbox } from './usual-address.ts';

/** Below all codes of births: everybody's date is looked at. */
const nobody = -1;

interface Circumstances {
	judge: Judge;
	guardians: Guardians;
	standings: Standings;
	/** A `usualAddressTest`. */
	isUsualAddress: (emailAddress: string) => boolean;
	/** Whether the report has rules of its own. */
	hasRules: boolean;
	/** Whether anything was marked of guardians. */
	hasMarks: boolean;
	/** Epoch milliseconds. */
	now: number;
}

/**
 * Judges every client by herself: whose digest says all is not looked at before somebody asks. Returns the
 * inboxes at which others are to know of them.
 */
export function judgeEach(judged: JudgedClients, about: Circumstances): EqualTexts {
	const { clients } = judged;
	const { byClient, answers } = about.standings;
	const listed = new EqualTexts(clients.length, (index) => judged.inboxAt(index));
	const lookAt = looker(judged, listed, about);
	const lastAdult = lastAdultBirth(lastBirthdayOfAdults(about.now)) ?? nobody;
	const isMinor = minorTest(about.now);
	const isNew = byClient.size + answers.size === 0;
	const isSent = (clientId: string) => byClient.has(clientId) || answers.has(clientId);

	let start = 0;
	for (const part of clients.parts) {
		// What is stored of a client is of her alone: what she was sent, guardians and other rules are not in it.
		const digest = about.hasRules ? undefined : openDigest(part);
		if (digest) judged.keepVerdicts(start, digest.verdicts);
		const births = lastAdult === nobody ? undefined : digest?.births;
		const client = new FactsAt(part);
		for (let at = 0; at < part.length; at++) {
			const index = start + at;
			const birth = births ? (births[at] as number) : strangeBirth;
			client.index = at;
			const verdict = digest && (isNew || !isSent(client.id)) ? digest.verdicts[at] : undefined;
			const isAdult = birth <= lastAdult && birth !== minorBirth;
			if (verdict === undefined || !isAdult) {
				const isChild = birth === strangeBirth ? isMinor(client) : !isAdult;
				lookAt(index, client, isChild, verdict);
			} else if (isListedIn(verdict)) listed.addHashed(index, digest?.inboxes[at] ?? 0);
		}
		start += part.length;
	}
	return listed;
}

/**
 * Judges one of whom her digest does not say all. `verdict`: what it says of her, as if she were written to
 * herself; undefined where it does not count.
 */
function looker(
	judged: JudgedClients,
	listed: EqualTexts,
	{ judge, guardians, isUsualAddress, hasMarks }: Circumstances,
) {
	const isOwn = (address: string) => isUsualAddress(address) && isOwnInbox(address);
	const judgeOne = (index: number, client: FactsAt): string | undefined => {
		const guardian = judged.isMinorAt(index) ? guardians.get(client.id) : undefined;
		const unguarded = judged.isMinorAt(index) ? unguardedBy(guardian) : undefined;
		return judge(index, client, guardian, unguarded);
	};
	let later: FactsAt | undefined;
	judged.judgeWith((index) => {
		later ??= new FactsAt(judged.clients);
		later.index = index;
		judgeOne(index, later);
	});

	return (index: number, client: FactsAt, isChild: boolean, verdict: number | undefined) => {
		if (isChild) judged.keepMinor(index);
		const mayBePlain = isChild && verdict !== undefined && !hasMarks;
		const address = mayBePlain ? guardians.usualAddress(client.id, isOwn) : undefined;
		if (verdict !== undefined && address !== undefined) {
			const guarded = guardedVerdict(verdict, client);
			judged.keepVerdict(index, guarded);
			if (isListedIn(guarded)) listed.add(index, address);
			return;
		}
		judged.keepVerdict(index, 0);
		const inbox = judgeOne(index, client);
		if (inbox !== undefined) listed.add(index, inbox);
	};
}
