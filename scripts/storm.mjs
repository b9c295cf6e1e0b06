// `npm run test:storm [schedules] [seed]`: many more random schedules of the outbox than `npm test` runs.
import { npm } from './install.mjs';

const [schedules = '20000', seed] = process.argv.slice(2);
process.env.PORTICO_STORMS = schedules;
if (seed) process.env.PORTICO_SEED = seed;
npm(
	`${schedules} schedules …`,
	'run',
	'test:unit',
	'--',
	'tests/flow/outbox-storm.test.ts',
	'--testTimeout=86400000',
);
