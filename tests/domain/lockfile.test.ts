import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
	version?: string;
	integrity?: string;
	resolved?: string;
	link?: boolean;
}

const read = (name: string) =>
	JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')) as Record<
		string,
		unknown
	>;
const asked = read('package.json');
const locked = Object.entries(read('package-lock.json').packages as Record<string, Locked>).filter(
	([path]) => path !== '',
);

test('every package is held by a SHA-512 of its own, and none comes from anywhere but the registry', () => {
	expect(locked.length).toBeGreaterThan(100);
	const loose = locked.filter(
		([, { integrity, resolved, link }]) =>
			!/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ||
			link === true ||
			!(resolved ?? 'https://registry.npmjs.org/').startsWith('https://registry.npmjs.org/'),
	);
	expect(loose).toEqual([]);
});

test('what is asked for is one version each, the one that is locked', () => {
	const versions = new Map(locked.map(([path, { version }]) => [path, version]));
	const wanted = Object.entries({
		...(asked.dependencies as Record<string, string>),
		...(asked.devDependencies as Record<string, string>),
	});
	expect(wanted.length).toBeGreaterThan(20);
	for (const [name, version] of wanted)
		expect([name, version]).toEqual([name, versions.get(`node_modules/${name}`)]);
});
