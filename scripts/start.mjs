// `npm start` on a clean clone: installs and builds what is missing, then runs the relay with the app.
// Only Node's own modules here, since nothing else may be installed yet.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { changedAt, giveUp, installPackages, npm, project } from './install.mjs';

/** What the build is made from; what is newer than the build makes it stale. */
const sources = [
	'src',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts',
];

function checkNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 20 || (major === 20 && minor >= 19)) return;
	giveUp(`it needs Node 20.19 or newer, and this is Node ${process.versions.node}.`);
}

function buildWhatIsStale() {
	const builtAt = changedAt(join(project, 'build', 'index.html'));
	const newest = Math.max(...sources.map((name) => changedAt(join(project, name))));
	if (builtAt > 0 && builtAt >= newest) return;
	npm('Building Portico …', 'run', 'build');
}

function runRelay() {
	const relay = spawn(
		process.execPath,
		['--import', import.meta.resolve('tsx'), join(project, 'relay', 'main.ts')],
		{ stdio: 'inherit' },
	);
	/** @type {NodeJS.Signals[]} */
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
	for (const signal of signals) process.on(signal, () => relay.kill(signal));
	relay.on('error', (error) => giveUp(error.message));
	relay.on('exit', (code, signal) => {
		if (signal === null) process.exit(code ?? 1);
		// Ends as the relay ended, so that whoever waits for this process sees the same.
		for (const name of signals) process.removeAllListeners(name);
		process.kill(process.pid, signal);
	});
}

checkNode();
installPackages();
buildWhatIsStale();
runRelay();
