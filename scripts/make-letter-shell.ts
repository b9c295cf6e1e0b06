import { writeFileSync } from 'node:fs';
import { letterShellModule } from './letter-shell.ts';

// A changed shell is another format: what is queued must go on rendering the bytes it had.
writeFileSync(
	new URL('../src/lib/domain/letter-shell.ts', import.meta.url),
	await letterShellModule(),
);
