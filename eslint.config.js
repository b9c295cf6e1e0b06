import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * The import table (ARCHITECTURE.md): who may import whom. A room that is not named in `may` is
 * closed to the files in `files`; packages that are not named in `packages` are too.
 */
const rooms = ['domain', 'vault', 'relay', 'platform', 'ui'];
const slices = [
	'imports',
	'clients',
	'report',
	'invitations',
	'outbox',
	'settings',
	'security',
	'backup',
	'invoices',
];
const guardedPackages = ['dexie', 'papaparse', 'comlink'];

const reasons = {
	domain: 'domain is pure and imports nothing: pass what it needs as arguments.',
	ui: 'ui knows Svelte only: give it props and snippets.',
	platform: 'platform is the door to the browser and knows Svelte only.',
	vault: 'vault is the door to disk and knows domain only.',
	relay:
		'relay is the door to the network and knows domain only; it also runs in the service worker.',
	slice:
		'Slices know domain, vault, platform and ui. They never import one another: they meet in the vault.',
	package: 'Dexie lives in vault, PapaParse and Comlink in imports, nowhere else.',
};

/**
 * @param {string} name @param {string[]} may @param {string[]} packages @param {string} reason
 * @returns {import('eslint').Linter.Config}
 */
function room(name, may, packages, reason) {
	const closed = [...rooms, ...slices].filter((other) => other !== name && !may.includes(other));
	const closedPackages = guardedPackages.filter((other) => !packages.includes(other));
	return {
		files: [`src/lib/${name}/**/*.{ts,svelte}`],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{ regex: `^\\$lib/(${closed.join('|')})(/|$)`, message: reason },
						{ regex: `^(\\.\\./)+(${closed.join('|')})/`, message: reason },
						{ regex: `^(${closedPackages.join('|')})(/|$)`, message: reasons.package },
						...(name === 'domain' || name === 'vault' || name === 'relay'
							? [{ regex: '^(\\$app|svelte(?!/reactivity)|bits-ui|virtua)(/|$)', message: reason }]
							: []),
						...(name === 'domain' ? [{ regex: '^[^.$]', message: reason }] : []),
					],
				},
			],
		},
	};
}

const sliceRooms = ['domain', 'vault', 'platform', 'ui'];

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'node_modules/',
			'test-results/',
			'playwright-report/',
			'.portico/',
		],
	},
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'no-undef': 'off',
			'no-console': 'error',
			'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
			],
			// Choices by client id are plain records in the vault.
			'@typescript-eslint/no-dynamic-delete': 'off',
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', prefer: 'type-imports' },
			],
			// Hash routing: `resolve()` gives what `#/…` says already.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/no-at-html-tags': 'error',
			'@typescript-eslint/no-invalid-void-type': 'off',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
	},
	{
		// Tools, and what Node prints to its own terminal.
		files: ['scripts/**', 'relay/**', 'tests/**', '*.config.{js,ts}'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['*.config.{js,ts}', 'src/**/*.svelte'],
		rules: { 'no-restricted-exports': 'off' },
	},
	{
		files: ['src/lib/domain/**/*.ts'],
		rules: {
			'no-restricted-globals': [
				'error',
				...['window', 'document', 'navigator', 'localStorage', 'indexedDB', 'crypto', 'fetch'].map(
					(name) => ({ name, message: reasons.domain }),
				),
			],
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: 'domain has no clock: take `now`.' },
				{ object: 'Math', property: 'random', message: 'domain has no dice: take a die.' },
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "NewExpression[callee.name='Date'][arguments.length=0]",
					message: 'domain has no clock: take `now`.',
				},
			],
		},
	},
	room('domain', [], [], reasons.domain),
	room('ui', [], [], reasons.ui),
	room('platform', [], [], reasons.platform),
	room('vault', ['domain'], ['dexie'], reasons.vault),
	room('relay', ['domain'], [], reasons.relay),
	...slices.map((slice) =>
		room(
			slice,
			slice === 'outbox' || slice === 'settings' ? [...sliceRooms, 'relay'] : sliceRooms,
			slice === 'imports' ? ['papaparse', 'comlink'] : [],
			reasons.slice,
		),
	),
	{
		files: ['src/routes/**', 'src/service-worker.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{ patterns: [{ regex: `^(${guardedPackages.join('|')})(/|$)`, message: reasons.package }] },
			],
		},
	},
	{
		files: ['relay/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							regex: '^(\\$lib|\\.\\./src/lib/(?!domain/))',
							message: 'The reference relay stands alone: it knows domain only.',
						},
					],
				},
			],
		},
	},
);
