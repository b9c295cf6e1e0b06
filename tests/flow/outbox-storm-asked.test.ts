import '../support/storm-time.ts';
import { expect, test } from 'vitest';
import { schedules, stormOn } from '../support/storm-report.ts';

test('a relay that can only be asked: never a second attempt by itself, never lost, never untrue', async () => {
	const { broken, states, words } = await stormOn('can be asked');
	console.log(words);
	expect(broken).toBe('');
	if (schedules >= 500)
		expect([...states].sort()).toEqual(['cancelled', 'failed', 'held', 'sent', 'unconfirmed']);
}, 86_400_000);
