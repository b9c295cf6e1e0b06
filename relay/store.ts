import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { boxLimits, openAnswerBox, type AnswerBox, type KeptAnswer } from './answer-box.ts';
import { lockFolder } from './folder-lock.ts';

/** What became of a key's message. `handing-over` found at a start means that the relay died at it. */
export type RecordState = 'handing-over' | 'accepted' | 'refused' | 'in-doubt';

export interface MessageRecord {
	state: RecordState;
	id: string;
	bodyHash: string;
	/** Why it was refused or is in doubt; nothing personal. */
	reason: string;
	/** Epoch milliseconds of the last change. */
	changedAt: number;
}

/** One mail of the mailbox, in the shape of `/mailbox.json`. */
export interface KeptMail {
	key: string;
	to: { name: string; address: string };
	from: { name: string; address: string };
	replyTo: string;
	subject: string;
	text: string;
	html: string;
	/** ISO 8601. */
	time: string;
}

/** Every promise resolves only when its write is flushed to disk. Keys are kept for ever. */
export interface Store {
	/** Records the key if it is new; otherwise changes nothing and returns what is known of it. */
	claim(key: string, record: MessageRecord): Promise<MessageRecord | undefined>;
	/** The same for a mailbox: the record and the mail are written together or not at all. */
	keep(key: string, record: MessageRecord, mail: KeptMail): Promise<MessageRecord | undefined>;
	settle(key: string, record: MessageRecord): Promise<void>;
	/** Forgets a key whose message surely never left. */
	release(key: string): Promise<void>;
	find(key: string): MessageRecord | undefined;
	/** In order of arrival, numbered from 1. */
	mails(options?: { newest?: number }): Iterable<{ number: number; mail: KeptMail }>;
	mail(number: number): KeptMail | undefined;
	countMails(): number;
	answers: AnswerBox;
	close(): Promise<void>;
}

/** Opens the store in `folder`, for this process alone. Throws StartProblem when another has it. */
export async function openStore(
	folder: string,
	now: () => number,
	limits = boxLimits,
): Promise<Store> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const unlock = await lockFolder(folder);
	const root = open({ path: join(folder, 'store'), maxDbs: 4, encoding: 'json' });
	const records = root.openDB<MessageRecord, string>({ name: 'records', encoding: 'json' });
	const mails = root.openDB<KeptMail, number>({ name: 'mails', encoding: 'json' });
	const answers = root.openDB<KeptAnswer, string>({ name: 'answers', encoding: 'json' });
	const answerKeys = root.openDB<number, string>({ name: 'answer-keys', encoding: 'json' });

	async function change<T>(action: () => T): Promise<T> {
		const result = await root.transaction(action);
		await root.flushed;
		return result;
	}

	const lastNumber = () => [...mails.getKeys({ reverse: true, limit: 1 })][0] ?? 0;

	await change(() => {
		for (const { key, value } of [...records.getRange()]) {
			if (value.state !== 'handing-over') continue;
			const reason = 'The relay stopped while it handed the message over.';
			void records.put(key, { ...value, state: 'in-doubt', reason, changedAt: now() });
		}
	});

	return {
		claim: (key, record) =>
			change(() => {
				const known = records.get(key);
				if (!known) void records.put(key, record);
				return known;
			}),
		keep: (key, record, mail) =>
			change(() => {
				const known = records.get(key);
				if (known) return known;
				void records.put(key, record);
				void mails.put(lastNumber() + 1, mail);
				return undefined;
			}),
		settle: (key, record) => change(() => void records.put(key, record)),
		release: (key) => change(() => void records.remove(key)),
		find: (key) => records.get(key),
		*mails({ newest = Infinity } = {}) {
			const start = Math.max(1, lastNumber() - newest + 1);
			for (const { key, value } of mails.getRange({ start })) yield { number: key, mail: value };
		},
		mail: (number) => mails.get(number),
		countMails: lastNumber,
		answers: openAnswerBox(answers, answerKeys, change, limits),
		async close() {
			await root.flushed;
			await root.close();
			await unlock();
		},
	};
}
