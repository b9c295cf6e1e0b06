import { expect, test } from 'vitest';
import {
	countPlaywright,
	countVitest,
	toldFailures,
	whyItFailed,
} from '../../scripts/failures.mjs';

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

test('a failed test is named with its file and the first lines of why', () => {
	const report = {
		numPassedTests: 3,
		testResults: [
			{
				name: '/home/dana/portico/tests/flow/one.test.ts',
				status: 'failed',
				assertionResults: [
					{ status: 'passed', fullName: 'is fine', failureMessages: [] },
					{
						status: 'failed',
						fullName: 'never sends twice',
						failureMessages: [
							red('AssertionError: expected 2 to be 1') +
								'\n\n    at tests/flow/one.test.ts:7:3\n    at file:///x/node_modules/a.js:1',
						],
					},
				],
			},
		],
	};
	const { passed, failures } = countVitest(report, '/home/dana/portico/');
	expect(passed).toBe(3);
	expect(toldFailures(failures)).toBe(
		'✗ tests/flow/one.test.ts › never sends twice\n' +
			'    AssertionError: expected 2 to be 1\n' +
			'        at tests/flow/one.test.ts:7:3',
	);
});

test('a file that cannot be run counts as one', () => {
	const { failures } = countVitest(
		{
			numPassedTests: 0,
			testResults: [
				{
					name: '/p/tests/a.test.ts',
					status: 'failed',
					message: "Cannot find module './b.ts'",
					assertionResults: [],
				},
			],
		},
		'/p/',
	);
	expect(failures).toEqual([{ name: 'tests/a.test.ts', why: "Cannot find module './b.ts'" }]);
});

test('an end-to-end test that passed only the second time has failed; an error of the run counts as well', () => {
	const spec = (title: string, status: string, message: string) => ({
		title,
		file: 'killed.spec.ts',
		line: 12,
		tests: [{ status, results: [{ errors: message ? [{ message }] : [] }] }],
	});
	const { passed, failures } = countPlaywright({
		stats: { expected: 1 },
		suites: [
			{
				specs: [spec('well', 'expected', '')],
				suites: [
					{ specs: [spec('shaky', 'flaky', red('late')), spec('bad', 'unexpected', 'no mail')] },
				],
			},
		],
		errors: [{ message: 'no browser' }],
	});
	expect(passed).toBe(1);
	expect(failures).toEqual([
		{ name: 'killed.spec.ts:12 › shaky', why: 'late' },
		{ name: 'killed.spec.ts:12 › bad', why: 'no mail' },
		{ name: 'End-to-end tests', why: 'no browser' },
	]);
});

test('why a step failed is the end of what it printed, or the error that no test caught', () => {
	const many = Array.from({ length: 40 }, (_, i) => `line ${i}`);
	expect(whyItFailed(many.join('\n')).split('\n').at(-1)).toBe('line 39');
	const uncaught = ['', '⎯⎯ Unhandled Errors ⎯⎯', 'Error: nobody caught me', ...many].join('\n');
	expect(whyItFailed(uncaught)).toContain('nobody caught me');
});
