import { defaultTemplate } from '$lib/domain/compose.ts';
import type { Template } from '$lib/domain/message.ts';
import type { Vault } from '$lib/vault/types.ts';

/** The letter as it stands: the practice's own words, else the default. */
export function templateFrom(rows: readonly Template[]): Template {
	return rows.find((row) => row.id === defaultTemplate.id) ?? defaultTemplate;
}

/** Keeps the practice's words. What is queued stays as it was confirmed. Throws VaultProblem. */
export async function saveTemplate(
	vault: Vault,
	{ subject, body }: Pick<Template, 'subject' | 'body'>,
	changedAt: number,
): Promise<void> {
	await vault.commit(
		() => ({ put: { templates: [{ id: defaultTemplate.id, subject, body, changedAt }] } }),
		{ what: 'invitation message changed', count: 1 },
		{ needs: ['templates'] },
	);
}

/** Goes back to the default words; resolves to the entry to undo, undefined when they were in use. */
export async function resetTemplate(vault: Vault): Promise<string | undefined> {
	const receipt = await vault.commit(
		(now) =>
			now.get('templates', defaultTemplate.id)
				? { remove: { templates: [defaultTemplate.id] } }
				: undefined,
		{ what: 'invitation message reset', count: 1, canUndo: true },
		{ needs: ['templates'] },
	);
	return receipt?.entryId;
}
