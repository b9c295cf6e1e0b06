// `npm test`: installs what is missing, runs every check, counts every test, names what failed.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { countPlaywright, countVitest, whyItFailed, toldFailures } from './failures.mjs';
import { findChromium, installPackages, project } from './install.mjs';

installPackages();
const chromium = findChromium();
const env = { ...process.env, ...(chromium ? { PORTICO_CHROMIUM: chromium } : {}) };
rmSync(`${project}test-results`, { recursive: true, force: true });
mkdirSync(`${project}test-results`, { recursive: true });

let passed = 0;
/** @type {import('./failures.mjs').Failure[]} */
const failures = [];
/** So much of a step's output is kept to tell why it failed. */
const mostKept = 20_000;

/**
 * Runs one npm script; resolves to how it ended and the end of what it printed. What it prints is shown
 * as it comes or, where others run beside it, once it has ended.
 * @param {string} name @param {string} script @param {boolean} [isBesideOthers]
 * @returns {Promise<{ isWell: boolean, printed: string }>}
 */
function step(name, script, isBesideOthers = false) {
	/** @type {[NodeJS.WriteStream, string][]} */
	const held = [];
	/** @param {NodeJS.WriteStream} to @param {string} text */
	const show = (to, text) => void (isBesideOthers ? held.push([to, text]) : to.write(text));
	show(process.stdout, `\n── ${name}\n`);
	// Colours stay where a person watches, though the output passes through here.
	const colours = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {};
	const child = spawn('npm', ['run', '--silent', script], {
		cwd: project,
		stdio: ['inherit', 'pipe', 'pipe'],
		env: { ...env, ...colours },
		shell: process.platform === 'win32',
	});
	let printed = '';
	for (const [from, to] of [
		/** @type {const} */ ([child.stdout, process.stdout]),
		/** @type {const} */ ([child.stderr, process.stderr]),
	])
		from.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
			show(to, text);
			printed = (printed + text).slice(-mostKept);
		});
	return new Promise((resolve) => {
		/** @param {{ isWell: boolean, printed: string }} ended */
		const end = (ended) => {
			for (const [to, text] of held) to.write(text);
			resolve(ended);
		};
		child.once('error', ({ message }) => end({ isWell: false, printed: message }));
		child.once('close', (code) => end({ isWell: code === 0, printed }));
	});
}

/** A check without tests of its own counts as one. @param {string} name @param {string} script */
async function check(name, script) {
	const { isWell, printed } = await step(name, script, true);
	if (isWell) passed++;
	else failures.push({ name, why: whyItFailed(printed) });
}

/**
 * A runner whose tests are counted from its report; one that leaves none, or fails without a failed
 * test (an error that no test caught), counts as a failure.
 * @template Report
 * @param {string} name
 * @param {string} script
 * @param {string} report
 * @param {(report: Report) => { passed: number, failures: import('./failures.mjs').Failure[] }} count
 */
async function suite(name, script, report, count) {
	const { isWell, printed } = await step(name, script);
	try {
		const counted = count(JSON.parse(readFileSync(`${project}test-results/${report}`, 'utf8')));
		passed += counted.passed;
		failures.push(...counted.failures);
		if (counted.failures.length > 0 || (isWell && counted.passed > 0)) return;
		failures.push({ name: `${name}: failed without a failed test`, why: whyItFailed(printed) });
	} catch {
		failures.push({ name: `${name}: left no report`, why: whyItFailed(printed) });
	}
}

// Each of these keeps one core busy; the tests keep all of them busy.
await Promise.all([
	check('Formatting', 'format:check').then(() => check('Lint', 'lint')),
	check('Types', 'check').then(() => check('Build', 'build')),
]);
await suite(
	'Domain, flow and relay tests',
	'test:unit',
	'unit.json',
	(/** @type {import('./failures.mjs').VitestReport} */ report) => countVitest(report, project),
);
await suite('End-to-end tests', 'test:e2e', 'e2e.json', countPlaywright);

if (failures.length > 0) console.log(`\n── What failed\n${toldFailures(failures)}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
