import { createHash } from 'node:crypto';
import type { Database } from 'lmdb';
import { thumbprintInput } from '../src/lib/domain/jws.ts';
import type { Receipt } from '../src/lib/domain/welcome-receipt.ts';

/** An answer from the welcome page, until the practice has fetched it. */
export interface KeptAnswer {
	text: string;
	/** Epoch milliseconds. */
	at: number;
	/** Thumbprint of the key that the answered invitation names; the signature is for the app to judge. */
	key: string;
}

/** Every promise resolves only when its write is flushed to disk. */
export interface AnswerBox {
	/** `known`: it was there already and counts as kept. `enough`: so many answer this very invitation. */
	keep(receipt: Receipt, now: number): Promise<{ id: string; outcome: Kept }>;
	/** Those to invitations of this key, the oldest first. From now on the key is a practice's own. */
	listFor(key: string): Promise<{ id: string; text: string }[]>;
	drop(id: string): Promise<void>;
}

type Kept = 'kept' | 'known' | 'full' | 'enough';

/** Nobody fills the disk. */
export const boxLimits = {
	/** To invitations of the practice's own keys: the box takes no more until some were fetched. */
	own: 2_000,
	/** Of keys that nobody asked for the oldest make way: anybody can sign with a key of his own. */
	others: 200,
	/** To one invitation: a person changes her mind, a script does not stop. */
	each: 20,
};
/** Devices with a vault of their own. */
const mostKeys = 20;
/** As many as one listing gives; the rest comes with the next, when these were taken. */
const perListing = 200;
/** What the practice did not fetch within this time goes. */
const memoryMs = 180 * 86_400_000;

/** `keys` has the keys that were asked for, by when; `change` makes a transaction that is flushed. */
export function openAnswerBox(
	answers: Database<KeptAnswer, string>,
	keys: Database<number, string>,
	change: <T>(action: () => T) => Promise<T>,
	limits = boxLimits,
): AnswerBox {
	/** All that is there, without the texts: one post need not read 2,000 of them. Oldest first. */
	const index = new Map<string, { key: string; token: string; at: number }>();
	const found = [...answers.getRange()].sort((one, other) => one.value.at - other.value.at);
	for (const { key: id, value } of found)
		index.set(id, { key: value.key, token: tokenOf(value.text), at: value.at });

	const isOwn = (key: string) => keys.get(key) !== undefined;
	const remove = (id: string) => {
		index.delete(id);
		void answers.remove(id);
	};

	return {
		async keep({ text, token: { jws } }, now) {
			const id = hash(text);
			const key = hash(thumbprintInput(jws.jwk));
			const token = tokenOf(text);
			const outcome = await change((): Kept => {
				for (const [old, { at }] of index) if (at < now - memoryMs) remove(old);
				if (index.has(id)) return 'known';
				const all = [...index];
				if (all.filter(([, one]) => one.token === token).length >= limits.each) return 'enough';
				const own = isOwn(key);
				const alike = all.filter(([, one]) => isOwn(one.key) === own);
				if (own && alike.length >= limits.own) return 'full';
				if (!own)
					for (const [old] of alike.slice(0, Math.max(0, alike.length - limits.others + 1)))
						remove(old);
				index.set(id, { key, token, at: now });
				void answers.put(id, { text, at: now, key });
				return 'kept';
			}).catch((error: unknown) => {
				index.delete(id);
				throw error;
			});
			return { id, outcome };
		},
		async listFor(key) {
			if (!isOwn(key))
				await change(() => {
					const known = [...keys.getRange()].sort((one, other) => one.value - other.value);
					for (const { key: old } of known.slice(0, Math.max(0, known.length - mostKeys + 1)))
						void keys.remove(old);
					void keys.put(key, Date.now());
				});
			const ids = [...index].filter(([, one]) => one.key === key).map(([id]) => id);
			return ids.slice(0, perListing).flatMap((id) => {
				const text = answers.get(id)?.text;
				return text === undefined ? [] : [{ id, text }];
			});
		},
		drop: (id) => change(() => remove(id)),
	};
}

const tokenOf = (text: string) => hash(text.split('~', 1)[0] ?? '');

function hash(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
