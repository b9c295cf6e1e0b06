import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { letterShellModule } from '../../scripts/letter-shell.ts';

it('the shell that is checked in is what MJML makes of its source, byte for byte', async () => {
	const kept = readFileSync(
		new URL('../../src/lib/domain/letter-shell.ts', import.meta.url),
		'utf8',
	);
	expect(kept).toBe(await letterShellModule());
}, 300_000);
