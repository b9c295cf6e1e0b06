// Installing what is missing, for `npm start` and `npm test`: only Node's own modules here.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} message @returns {never} */
export function giveUp(message) {
	console.error(`Portico stops: ${message}`);
	process.exit(1);
}

/**
 * When a file, or the newest file or folder within a folder, was changed; 0 where there is none.
 * @param {string} path
 * @returns {number}
 */
export function changedAt(path) {
	const stat = statSync(path, { throwIfNoEntry: false });
	if (!stat) return 0;
	if (!stat.isDirectory()) return stat.mtimeMs;
	// A folder's own time counts too: it is all that tells of a removed file.
	const within = readdirSync(path).map((name) => changedAt(join(path, name)));
	return Math.max(stat.mtimeMs, ...within);
}

/** Runs npm, saying why. @param {string} why @param {string[]} words */
export function npm(why, ...words) {
	console.log(why);
	const cli = process.env.npm_execpath;
	// Windows runs npm.cmd through a shell only; under npm its own script is known and needs none.
	const { status } =
		cli && /\.[cm]?js$/.test(cli)
			? spawnSync(process.execPath, [cli, ...words], { cwd: project, stdio: 'inherit' })
			: spawnSync('npm', words, {
					cwd: project,
					stdio: 'inherit',
					shell: process.platform === 'win32',
				});
	if (status !== 0) giveUp(`"npm ${words.join(' ')}" failed; what it printed is above.`);
}

/** The pinned packages, when they are missing or older than the lockfile. */
export function installPackages() {
	const installedAt = changedAt(join(project, 'node_modules', '.package-lock.json'));
	if (installedAt > 0 && installedAt >= changedAt(join(project, 'package-lock.json'))) return;
	npm('Installing what Portico needs …', 'ci', '--include=dev', '--no-audit', '--no-fund');
}

const systemChromiums = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
];

/** The Chromium to test with: PORTICO_CHROMIUM, the system's, else Debian's package, else Playwright's own. */
export function findChromium() {
	const found = [process.env.PORTICO_CHROMIUM, ...systemChromiums].find(
		(path) => path && existsSync(path),
	);
	if (found) return found;
	if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
		console.log('No Chromium here: installing the Debian package.');
		spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
		spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], {
			stdio: 'inherit',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		const installed = systemChromiums.find((path) => existsSync(path));
		if (installed) return installed;
	}
	npm('Installing Playwright’s own Chromium …', 'exec', 'playwright', 'install', 'chromium');
	return undefined;
}
