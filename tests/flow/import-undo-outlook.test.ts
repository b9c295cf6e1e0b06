import type { UndoneCounts } from '$lib/domain/import.ts';
import { nameMark, outlookOfUndo, undoAndCount } from '$lib/imports/undo-outlook.ts';
import { undoneInWords } from '$lib/imports/undo-words.ts';
import { describe, expect, it, test } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { openTestVault } from '../support/open-test-vault.ts';
import { edit, invite, takeIn } from '../support/taking-in.ts';

const header = 'Client,Email,Phone\n';
const row = (name: string, phone = '') => `${name},${name.split(' ')[0]}@example.com,${phone}\n`;

async function planned(vault: Awaited<ReturnType<typeof openTestVault>>, importId: string) {
	const outlook = await outlookOfUndo(vault, importId);
	if (outlook.kind !== 'planned') throw new Error(outlook.kind);
	return outlook;
}

describe('what an undo would do', () => {
	it('is what it then does, in the same numbers, with the names of those who stay', async () => {
		const vault = await openTestVault();
		await takeIn(vault, textFile(header + row('Liam Weiss', '1') + row('Nia Botha', '2')));
		const { importId } = await takeIn(
			vault,
			textFile(
				header +
					row('Maya Okafor') +
					row('Noah Reyes') +
					row('Amara Silva') +
					row('Ravi Iyer') +
					row('Liam Weiss', '11') +
					row('Nia Botha', '22'),
				'b.csv',
			),
		);
		await takeIn(vault, textFile(header + row('Ravi Iyer', '33'), 'later.csv'));
		await invite(vault, 'Maya');
		await edit(vault, 'Noah', { preferredName: 'N' });
		await edit(vault, 'Nia', { phone: '222' });
		const { revision } = await vault.load('clients');
		const outlook = await planned(vault, importId);
		expect((await vault.load('clients')).revision).toBe(revision);
		expect(outlook.counts).toEqual({
			removed: 1,
			invited: 1,
			edited: 1,
			changedLater: 1,
			gone: 0,
			back: 1,
			backInPart: 0,
			stay: 1,
			alsoRemoved: 0,
		});
		expect(outlook.names).toEqual({
			invited: 'Maya Okafor',
			edited: 'Noah Reyes',
			changedLater: 'Ravi Iyer',
			backInPart: '',
			stay: 'Nia Botha',
		});
		expect(outlook.waitsFor).toMatchObject([{ fileName: 'later.csv', count: 1 }]);
		const result = await undoAndCount(vault, importId);
		expect(result).toMatchObject({ kind: 'undone', counts: outlook.counts });
		expect(undoneInWords(outlook.counts, 'clients', 'will')).toBe(
			'1 of 4 clients will be removed, 1 stays because they were invited since, 1 stays because they were edited since, 1 stays for a later import that changed them; 1 update goes back, 1 stays as changed.',
		);
		expect(await outlookOfUndo(vault, importId)).toEqual({ kind: 'nothing' });
	});

	it('names the earlier import of which the rest goes along', async () => {
		const vault = await openTestVault();
		const a = await takeIn(
			vault,
			textFile(header + row('Maya Okafor', '1') + row('Noah Reyes', '1'), 'a.csv'),
		);
		const b = await takeIn(
			vault,
			textFile(header + row('Maya Okafor', '2') + row('Noah Reyes', '2'), 'b.csv'),
		);
		const first = await planned(vault, a.importId);
		expect(first.names.changedLater.split(nameMark)).toEqual(['Maya Okafor', 'Noah Reyes']);
		await undoAndCount(vault, a.importId);
		const { takesAlong, counts } = await planned(vault, b.importId);
		expect(takesAlong).toMatchObject([{ fileName: 'a.csv', count: 2 }]);
		expect(counts).toMatchObject({ back: 2, alsoRemoved: 2 });
		expect(await undoAndCount(vault, b.importId)).toMatchObject({ kind: 'undone', counts });
	});

	it('points at a later file that found them here', async () => {
		const vault = await openTestVault();
		const text = header + row('Maya Okafor', '1');
		const { importId } = await takeIn(vault, textFile(text, 'a.csv'));
		await takeIn(vault, textFile(text, 'again.csv'));
		expect((await planned(vault, importId)).foundBy).toEqual(['again.csv']);
	});
});

describe('the words of an undo', () => {
	const none: UndoneCounts = {
		removed: 0,
		invited: 0,
		edited: 0,
		changedLater: 0,
		gone: 0,
		back: 0,
		backInPart: 0,
		stay: 0,
		alsoRemoved: 0,
	};
	test.each<[Partial<UndoneCounts>, 'will' | 'did', string]>([
		[
			{ removed: 181, invited: 12, edited: 7, back: 3, stay: 1 },
			'will',
			'181 of 200 clients will be removed, 12 stay because they were invited since, 7 stay because they were edited since; 3 updates go back, 1 stays as changed.',
		],
		[{ removed: 1_200 }, 'did', 'All 1,200 clients were removed.'],
		[{ removed: 1 }, 'did', '1 client was removed.'],
		[{ edited: 1 }, 'will', '1 client stays because they were edited since.'],
		[
			{ invited: 3 },
			'did',
			'None of 3 clients were removed, 3 stayed because they were invited since.',
		],
		[{ removed: 2, gone: 1 }, 'did', '2 of 3 clients were removed, 1 was removed before.'],
		[{ back: 1 }, 'will', '1 update goes back.'],
		[{ back: 2, backInPart: 1 }, 'did', '2 updates went back, 1 went back in part.'],
		[{}, 'will', 'There is nothing to undo.'],
	])('%j, %s: %s', (counts, tense, words) => {
		expect(undoneInWords({ ...none, ...counts }, 'clients', tense)).toBe(words);
	});
});
