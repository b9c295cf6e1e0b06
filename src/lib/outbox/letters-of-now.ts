import type { Client } from '$lib/domain/client.ts';
import { type FrozenLetters, frozenLetters } from '$lib/domain/frozen-letters.ts';
import type { Letter, Message } from '$lib/domain/message.ts';
import type { PracticeSettings } from '$lib/domain/settings/practice.ts';
import { settingsFrom } from '$lib/domain/settings.ts';
import { wordingFrom, type Wording } from '$lib/domain/wording.ts';
import type { Snapshot } from '$lib/vault/types.ts';

export interface LettersOfNow {
	/** The letter that this message is of, as it is written now. */
	for: (message: Message, client: Client) => Letter;
	wordings: (messages: readonly Message[]) => Wording[];
	needed: (messages: readonly Message[]) => Letter[];
}

/** A reminder is rendered as a reminder, and a letter that the practice named as that one. */
export function lettersOf(
	state: Snapshot,
	practice: PracticeSettings,
	ports: { newId: () => string; now: number },
): LettersOfNow {
	const templates = state.rows('templates');
	const professionals = state.rows('professionals');
	const { language } = settingsFrom(state.rows('settings'), 'invitation');
	const known = new Map<string, { wording: Wording; letters: FrozenLetters }>();
	const of = ({ letterId }: Message) => {
		const { kind = 'invitation', templateName: name = '' } = state.get('letters', letterId) ?? {};
		const key = JSON.stringify([kind, name]);
		const made = known.get(key);
		if (made) return made;
		const wording = wordingFrom(templates, language, { kind, name });
		const letters = frozenLetters(wording, practice, professionals, ports);
		known.set(key, { wording, letters });
		return { wording, letters };
	};
	return {
		for: (message, client) =>
			of(message).letters.for(client, state.get('letters', message.letterId)?.note),
		wordings: (messages) => [...new Set(messages.map((message) => of(message).wording))],
		needed(messages) {
			const ids = messages.map(({ letterId }) => letterId);
			return [...known.values()].flatMap(({ letters }) => letters.of(ids));
		},
	};
}
