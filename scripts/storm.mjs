// `npm run test:storm [schedules] [seed]`: many more random schedules of the outbox than `npm test`
// runs, on each kind of relay, and the planted faults.
import { npm } from './install.mjs';

const [schedules = '10000', seed] = process.argv.slice(2);
const each = Math.ceil(Number(schedules) / 3);
process.env.PORTICO_STORMS = String(each);
if (seed) process.env.PORTICO_SEED = seed;
npm(
	`${each} schedules on each of three kinds of relay …`,
	'run',
	'test:unit',
	'--',
	'tests/flow/outbox-storm',
	'--testTimeout=86400000',
);
