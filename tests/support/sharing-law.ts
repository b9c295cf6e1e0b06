import type { ReportRow } from '$lib/domain/report.ts';
import { expect } from 'vitest';

/** What a report says of who shares an inbox is so: one mail an inbox rests on it. */
export function expectSharersKnown(rows: readonly ReportRow[]): void {
	const listed = rows.filter((row) => row.class !== 'left-out');
	for (const row of rows) {
		const isShared = listed.some((one) => one !== row && one.inbox === row.inbox);
		expect(row.sharesInbox).toBe(row.class === 'left-out' ? undefined : isShared);
	}
}
