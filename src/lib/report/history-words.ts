import { dateInWords } from '$lib/domain/date-in-words.ts';
import type { InvitationHistory } from '$lib/domain/invitation-history.ts';

/** "Invited on 3 May 2026, reminded on 10 May · open until 2 June 2026"; '' for who was never written to. */
export function historyInWords(history: InvitationHistory | undefined, now: number): string {
	if (!history || history.letters === 0) return '';
	const { firstAt, lastAt, letters, expiresAt } = history;
	const times = letters > 2 ? `${letters - 1} times, last ` : '';
	const reminded = letters > 1 ? `, reminded ${times}on ${dateInWords(lastAt)}` : '';
	const end =
		expiresAt <= now
			? `expired on ${dateInWords(expiresAt)}`
			: `open until ${dateInWords(expiresAt)}`;
	return `Invited on ${dateInWords(firstAt)}${reminded} · ${end}`;
}
