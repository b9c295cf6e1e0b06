import { makePasskey } from '$lib/platform/passkey.ts';
import type { KeyDesk } from '$lib/vault/key-desk.ts';
import type { Secret } from '$lib/vault/key-wrap.ts';
import type { Vault } from '$lib/vault/types.ts';
import { passkeyWords } from './security-words.ts';

/** What a person does to the lock; all but the first take the passphrase that opens it now. */
export type KeyTask = 'set' | 'change' | 'remove' | 'renew-code' | 'add-passkey';

/** How a task ended: with a recovery code to keep, or with nothing more to show; else why not, in words. */
export type TaskEnd = { kind: 'done'; code: string } | { kind: 'refused'; why: string };

const journalWords: Record<KeyTask, string> = {
	set: 'passphrase set',
	change: 'passphrase changed',
	remove: 'passphrase removed',
	'renew-code': 'recovery code renewed',
	'add-passkey': 'passkey added',
};

const wrong: TaskEnd = { kind: 'refused', why: 'That is not the passphrase. Nothing was changed.' };

/** Does it and notes it in the journal. Throws VaultProblem. */
export async function runKeyTask(
	desk: KeyDesk,
	vault: Vault,
	task: KeyTask,
	{ current, next }: { current: string; next: string },
): Promise<TaskEnd> {
	const end = await endOf(desk, task, { kind: 'passphrase', text: current }, next);
	if (end.kind === 'done')
		await vault.commit(() => ({}), { what: journalWords[task], count: 1 }, { needs: [] });
	return end;
}

async function endOf(
	desk: KeyDesk,
	task: KeyTask,
	current: Secret,
	next: string,
): Promise<TaskEnd> {
	const done = (isDone: boolean): TaskEnd => (isDone ? { kind: 'done', code: '' } : wrong);
	switch (task) {
		case 'set':
			return { kind: 'done', code: await desk.protect(next) };
		case 'change':
			return done(await desk.changePassphrase(current, next));
		case 'remove':
			return done(await desk.unprotect(current));
		case 'renew-code': {
			const code = await desk.renewRecoveryCode(current);
			return code === undefined ? wrong : { kind: 'done', code };
		}
		case 'add-passkey': {
			// Before the browser asks for a finger in vain.
			if (!(await desk.opens(current))) return wrong;
			const passkey = await makePasskey();
			if (typeof passkey === 'string') return { kind: 'refused', why: passkeyWords[passkey] };
			return done(await desk.addPasskey(current, { kind: 'passkey', ...passkey }));
		}
	}
}
