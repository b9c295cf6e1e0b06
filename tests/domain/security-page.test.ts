import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('SECURITY.md', root), 'utf8');
const tests = readdirSync(new URL('tests/', root), { recursive: true, encoding: 'utf8' })
	.map((path) => `tests/${path.replaceAll('\\', '/')}`)
	.filter((path) => /\.(test|spec)\.ts$/.test(path));

/** Promise and test of each row of the last table. */
const promises = page
	.slice(page.indexOf('## How each promise is kept'))
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.slice(2)
	.map((line) => line.split(' | '))
	.map((cells) => ({ promise: cells[0] ?? '', held: cells.at(-1) ?? '' }));

test('every promise of SECURITY.md names a test, and each test that it names is there', () => {
	expect(promises.length).toBeGreaterThan(15);
	for (const { promise, held } of promises) {
		const names = [...held.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
		expect({ promise, names }).not.toEqual({ promise, names: [] });
		for (const name of names) {
			const isThere = tests.some((path) => path.startsWith(name) || path.includes(`/${name}`));
			expect({ promise, name, isThere }).toEqual({ promise, name, isThere: true });
		}
	}
});
