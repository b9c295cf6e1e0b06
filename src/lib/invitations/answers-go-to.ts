import type { Client } from '$lib/domain/client.ts';
import { professionalFinder, replyToFor, type Professional } from '$lib/domain/professional.ts';

/** An address that answers go to, and of how many people. */
export interface AnswerPlace {
	address: string;
	people: number;
}

/** Where the answers of these people go, most of them first. */
export function answerPlaces(
	rows: readonly { client: Pick<Client, 'professional'> }[],
	practiceReplyTo: string,
	professionals: readonly Professional[],
): AnswerPlace[] {
	const hasOwn = professionals.some(({ isActive, replyTo }) => isActive && replyTo.trim() !== '');
	if (!hasOwn || rows.length === 0) return [{ address: practiceReplyTo, people: rows.length }];
	const professionalOf = professionalFinder(professionals);
	const counts = new Map<string, number>();
	for (const { client } of rows) {
		const address = replyToFor(client, practiceReplyTo, professionalOf);
		counts.set(address, (counts.get(address) ?? 0) + 1);
	}
	return [...counts]
		.map(([address, people]) => ({ address, people }))
		.sort((one, other) => other.people - one.people);
}
