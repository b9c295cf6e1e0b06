import type { ReasonKind } from './report-reasons.ts';
import type { ReportRow } from './report.ts';

const nothing: readonly ReasonKind[] = Object.freeze([]);
const lookedAtAgain: readonly ReasonKind[] = [
	'inactive',
	'inbox-do-not-email',
	'guardian-without-address',
];

/** What the person overrode that is looked at again before the message leaves; mostly one array for all. */
export function overriddenIn(sharing: readonly ReportRow[]): readonly ReasonKind[] {
	if (sharing.every(({ reasons }) => reasons.length === 0)) return nothing;
	return lookedAtAgain.filter((kind) =>
		sharing.some(({ reasons }) => reasons.some((reason) => reason.kind === kind)),
	);
}
