import { makePasskey } from '$lib/platform/passkey.ts';
import type { KeyDesk } from '$lib/vault/key-desk.ts';
import type { Unlocked } from '$lib/vault/key-tries.ts';
import type { Secret } from '$lib/vault/key-wrap.ts';
import type { Vault } from '$lib/vault/types.ts';
import { passkeyWords, waitInWords } from './security-words.ts';

/** What a person does to the lock; all but the first take the passphrase that opens it now. */
export type KeyTask = 'set' | 'change' | 'remove' | 'renew-code' | 'add-passkey';

/** How a task ended: with a recovery code to keep, or with nothing more to show; else why not, in words. */
export type TaskEnd = { kind: 'done'; code: string } | { kind: 'refused'; why: string };

const journalWords: Record<KeyTask | 'remove-passkey', string> = {
	set: 'passphrase set',
	change: 'passphrase changed',
	remove: 'passphrase removed',
	'renew-code': 'recovery code renewed',
	'add-passkey': 'passkey added',
	'remove-passkey': 'passkey removed',
};

const done: TaskEnd = { kind: 'done', code: '' };
const overtaken: TaskEnd = {
	kind: 'refused',
	why: 'The passphrase was set or removed in another tab meanwhile. Nothing was changed here. Close this and look again.',
};

/** Does it and notes it in the journal. Throws VaultProblem. */
export async function runKeyTask(
	desk: KeyDesk,
	vault: Vault,
	task: KeyTask,
	{ current, next }: { current: string; next: string },
): Promise<TaskEnd> {
	const end = await endOf(desk, task, { kind: 'passphrase', text: current }, next);
	if (end.kind === 'done') await noteInJournal(vault, task);
	return end;
}

export async function removePasskey(desk: KeyDesk, vault: Vault, id: string): Promise<void> {
	await desk.removePasskey(id);
	await noteInJournal(vault, 'remove-passkey');
}

/** It is done already, and a code must be shown: that there was no room to note it takes nothing back. */
async function noteInJournal(vault: Vault, task: keyof typeof journalWords): Promise<void> {
	const entry = { what: journalWords[task], count: 1 };
	await vault.commit(() => ({}), entry, { needs: [] }).catch(() => undefined);
}

async function endOf(
	desk: KeyDesk,
	task: KeyTask,
	current: Secret,
	next: string,
): Promise<TaskEnd> {
	const endAfter = (tried: Unlocked) => refusalOf(desk, tried) ?? done;
	switch (task) {
		case 'set': {
			const code = await desk.protect(next);
			return code === undefined ? overtaken : { kind: 'done', code };
		}
		case 'change':
			return endAfter(await desk.changePassphrase(current, next));
		case 'remove':
			return endAfter(await desk.unprotect(current));
		case 'renew-code': {
			const made = await desk.renewRecoveryCode(current);
			if (made.kind === 'unlocked') return { kind: 'done', code: made.code };
			return endAfter(made);
		}
		case 'add-passkey': {
			// Before the browser asks for a finger in vain.
			const refusal = refusalOf(desk, await desk.opens(current));
			if (refusal) return refusal;
			const passkey = await makePasskey();
			if (typeof passkey === 'string') return { kind: 'refused', why: passkeyWords[passkey] };
			return endAfter(await desk.addPasskey(current, { kind: 'passkey', ...passkey }));
		}
	}
}

function refusalOf({ ports }: KeyDesk, tried: Unlocked): TaskEnd | undefined {
	switch (tried.kind) {
		case 'unlocked':
			return undefined;
		case 'unprotected':
			return overtaken;
		case 'wrong':
			return { kind: 'refused', why: 'That is not the passphrase. Nothing was changed.' };
		case 'wait':
			return { kind: 'refused', why: waitInWords(tried.waitUntil - ports.now()) };
	}
}
