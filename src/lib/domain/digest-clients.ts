import { birthCode, digestRules, newDigest, plainVerdict, verdictOf } from './client-digest.ts';
import type { Client } from './client.ts';
import { hashOfText } from './equal-texts.ts';
import { makeFold } from './fold.ts';
import type { Standings } from './invitation-standing.ts';
import { JudgedClients } from './judged-clients.ts';
import { nameText, writeNameKey } from './name-keys.ts';
import { judgeOf } from './report-judge.ts';
import { asTable, type StoredDigest } from './table.ts';
import { usualAddressTest } from './usual-address.ts';

const nothingSent: Standings = {
	byClient: new Map(),
	clientByInbox: new Map(),
	answers: new Map(),
};

/** One for all blocks: the same names with accents come in every one of them. */
const fold = makeFold();

/** Works out what is stored beside clients, by the report's and the sort's own rules. */
export function digestClients(rows: readonly Client[]): StoredDigest {
	const clients = asTable(rows);
	const digest = newDigest(rows.length);
	const judged = new JudgedClients(clients, {});
	// Nothing that time changes stands against a client by herself.
	const judge = judgeOf(judged, nothingSent, 0, {
		rules: undefined,
		marksAt: undefined,
		isUsualAddress: usualAddressTest(),
	});
	for (const [index, client] of rows.entries()) {
		writeNameKey(digest.nameKeys, index, nameText(client, fold));
		digest.births[index] = birthCode(client);
		const listed = judge(index, client, undefined, undefined);
		if (listed !== undefined) digest.inboxes[index] = hashOfText(listed);
		const [first] = judged.reasonsAt(index);
		const isPlain = listed === client.emailAddress && judged.classAt(index) === 'ready';
		digest.verdicts[index] = isPlain
			? plainVerdict
			: verdictOf(judged.classAt(index), first?.kind, listed !== undefined);
	}
	return { rules: digestRules, bytes: digest.bytes };
}
