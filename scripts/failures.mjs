// What failed, by name, with the first lines of why: read from the runners' own reports.
import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ name: string, why: string }} Failure */

const mostLines = 8;

/** The first lines that say something. @param {string} text */
function firstLines(text) {
	return linesOf(text).slice(0, mostLines).join('\n');
}

/** Why a step failed, by what it printed: an error that no test caught, else the end. @param {string} printed */
export function whyItFailed(printed) {
	const lines = linesOf(printed);
	const uncaught = lines.findIndex((line) => line.includes('Unhandled'));
	return uncaught < 0
		? lines.slice(-2 * mostLines).join('\n')
		: lines.slice(uncaught, uncaught + 2 * mostLines).join('\n');
}

/** @param {string} text */
function linesOf(text) {
	const plain = stripVTControlCharacters(text);
	// Where a library stood tells nothing.
	return plain.split('\n').filter((line) => !/^\s*$|^\s*(at|❯) .*node(_modules|:)/.test(line));
}

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] | null }} VitestTest
 * @typedef {{ name: string, status: string, message?: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ numPassedTests: number, testResults: VitestFile[] }} VitestReport
 */

/**
 * A file that failed without a failed test could not be run: it counts as one.
 * @param {VitestReport} report @param {string} project
 */
export function countVitest(report, project) {
	/** @type {Failure[]} */
	const failures = [];
	for (const { name: path, status, message = '', assertionResults } of report.testResults) {
		const file = path.replace(project, '');
		const failed = assertionResults.filter((test) => test.status === 'failed');
		for (const { fullName, failureMessages } of failed)
			failures.push({
				name: `${file} › ${fullName}`,
				why: firstLines((failureMessages ?? []).join('\n')),
			});
		if (status === 'failed' && failed.length === 0)
			failures.push({ name: file, why: firstLines(message) });
	}
	return { passed: report.numPassedTests, failures };
}

/**
 * @typedef {{ message?: string }} PlaywrightError
 * @typedef {{ status: string, results: { errors: PlaywrightError[] }[] }} PlaywrightTest
 * @typedef {{ title: string, file: string, line: number, tests: PlaywrightTest[] }} PlaywrightSpec
 * @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ stats: { expected: number }, suites: PlaywrightSuite[], errors?: PlaywrightError[] }} PlaywrightReport
 */

/** One that passed only the second time has failed. @param {PlaywrightReport} report */
export function countPlaywright(report) {
	/** @type {Failure[]} */
	const failures = [];
	/** @param {PlaywrightSuite} suite */
	const look = ({ specs = [], suites = [] }) => {
		for (const { title, file, line, tests } of specs)
			for (const { status, results } of tests)
				if (status === 'unexpected' || status === 'flaky') {
					const errors = results.flatMap((result) => result.errors);
					const why = errors.map(({ message = '' }) => message).join('\n');
					failures.push({ name: `${file}:${line} › ${title}`, why: firstLines(why) });
				}
		suites.forEach(look);
	};
	report.suites.forEach(look);
	for (const { message = '' } of report.errors ?? [])
		failures.push({ name: 'End-to-end tests', why: firstLines(message) });
	return { passed: report.stats.expected, failures };
}

/** For the end of the output, where a long run is looked at. @param {readonly Failure[]} failures */
export function toldFailures(failures) {
	return failures.map(({ name, why }) => `✗ ${name}\n${why.replace(/^/gm, '    ')}`).join('\n');
}
