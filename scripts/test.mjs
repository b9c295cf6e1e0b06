// `npm test`: installs what is missing, runs every check, counts every test.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium, installPackages, project } from './install.mjs';

installPackages();
const chromium = findChromium();
const env = { ...process.env, ...(chromium ? { PORTICO_CHROMIUM: chromium } : {}) };
rmSync(`${project}test-results`, { recursive: true, force: true });
mkdirSync(`${project}test-results`, { recursive: true });

let passed = 0;
let failed = 0;

/** @param {string} name @param {string} program @param {string[]} args */
function step(name, program, args) {
	console.log(`\n── ${name}`);
	const { status } = spawnSync(program, args, { cwd: project, stdio: 'inherit', env });
	return status === 0;
}

/** A check without tests of its own counts as one. @param {string} name @param {string[]} args */
function check(name, args) {
	if (step(name, 'npm', ['run', '--silent', ...args])) passed++;
	else failed++;
}

/**
 * A runner whose tests are counted from its report; one that leaves none, or fails without a failed
 * test, counts as a failure.
 * @template Report
 * @param {string} name
 * @param {string[]} args
 * @param {string} report
 * @param {(report: Report) => { passed: number, failed: number }} count
 */
function suite(name, args, report, count) {
	const isWell = step(name, 'npm', ['run', '--silent', ...args]);
	let counts = { passed: 0, failed: 0 };
	try {
		counts = count(JSON.parse(readFileSync(`${project}test-results/${report}`, 'utf8')));
	} catch {
		console.error(`${name} left no report.`);
	}
	if ((!isWell || counts.passed === 0) && counts.failed === 0) counts.failed = 1;
	passed += counts.passed;
	failed += counts.failed;
}

/** @param {{ numPassedTests: number, numFailedTests: number, numFailedTestSuites: number }} report */
const countVitest = (report) => ({
	passed: report.numPassedTests,
	failed: report.numFailedTests || (report.numFailedTestSuites > 0 ? 1 : 0),
});

/** @param {{ stats: { expected: number, unexpected: number, flaky: number } }} report */
const countPlaywright = ({ stats }) => ({
	passed: stats.expected,
	failed: stats.unexpected + stats.flaky,
});

check('Formatting', ['format:check']);
check('Lint', ['lint']);
check('Types', ['check']);
suite('Domain, flow and relay tests', ['test:unit'], 'unit.json', countVitest);
check('Build', ['build']);
suite('End-to-end tests', ['test:e2e'], 'e2e.json', countPlaywright);

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
