import '../support/storm-time.ts';
import { describe, expect, test } from 'vitest';
import { plantedFaults, type NamedFault } from '../support/planted-faults.ts';
import { schedules } from '../support/storm-report.ts';
import { runStorm } from '../support/storm.ts';

const seed = Number(process.env['PORTICO_SEED'] ?? Date.now() % 1_000_000_000);
const mostSchedules = 1_500;

/** The first schedule that the fault breaks, and how. */
async function caught({ truth, fault, breaks }: NamedFault): Promise<string> {
	for (let i = 0; i < mostSchedules; i++) {
		const { violations } = await runStorm(seed + i, truth, fault);
		if (violations.some((violation) => breaks.test(violation)))
			return `after ${i + 1} ${i === 0 ? 'schedule' : 'schedules'}: ${[...new Set(violations)].join('; ')}`;
	}
	return 'not caught';
}

describe('the storm catches what is planted', () => {
	test.each(plantedFaults)(
		'$name ($truth)',
		async (planted) => {
			const report = await caught(planted);
			console.log(`${planted.name} (${planted.truth}), seed ${seed}: ${report}`);
			expect(report).not.toBe('not caught');
		},
		86_400_000,
	);
});

test('without the witness the strict intent alone keeps power cuts harmless', async () => {
	for (let i = 0; i < Math.min(schedules, 150); i++) {
		const { violations } = await runStorm(seed + i, 'neither', { hasWitness: false });
		expect(violations, `seed ${seed + i}`).toEqual([]);
	}
}, 86_400_000);
