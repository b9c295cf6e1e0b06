import type { JournalEntry } from '$lib/domain/journal.ts';
import { interruptedInWords } from '$lib/security/tell-interrupted.ts';
import { expect, test } from 'vitest';

const entry = (what: string, at: number): JournalEntry => ({
	...{ id: `${what}${at}`, count: 1, revision: 1, canUndo: false },
	...{ what, at },
});

test.each([
	[
		'import',
		'import',
		/All of the file is here/,
		/Nothing of the file was taken in\. Choose it again/,
	],
	['restore', 'backup merged', /All of the backup is here/, /Nothing of the backup was taken in/],
	['restore', 'backup restored', /All of the backup is here/, /Restore it again/],
	['backup', 'backup made', /The backup was made/, /not finished\. Back up again/],
] as const)(
	'a lock in the midst of an %s: whether its entry "%s" came since says what became of it',
	(job, what, done, stopped) => {
		const told = (...journal: JournalEntry[]) =>
			interruptedInWords({ job, startedAt: 100 }, journal);
		expect(told(entry(what, 50), entry(what, 120)).text).toMatch(done);
		expect(told(entry(what, 120)).isDone).toBe(true);
		expect(told(entry(what, 99), entry('change', 120)).text).toMatch(stopped);
		expect(told().isDone).toBe(false);
	},
);
