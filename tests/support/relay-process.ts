import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

export interface RelayProcess {
	url: string;
	port: number;
	token: string;
	/** Give it to the next process, with `port`, to restart a killed relay where it was. */
	dataFolder: string;
	/** All that it has printed so far. */
	output(): string;
	/** Sends the signal (default SIGTERM) and resolves with the exit code, null after SIGKILL. */
	kill(signal?: NodeJS.Signals): Promise<number | null>;
	/** Resolves when the process has ended, for whatever reason. */
	ended: Promise<number | null>;
}

export interface RelayProcessOptions {
	/** PORTICO_… settings on top of (or instead of) what is set here. */
	env?: Record<string, string>;
	/** Default: a new folder under the system's temporary one. */
	dataFolder?: string;
	/** Default: any free port. */
	port?: number;
}

/** The real relay in a process of its own, ready to be asked. Rejects with its output if it ends first. */
export async function startRelayProcess(options: RelayProcessOptions = {}): Promise<RelayProcess> {
	const dataFolder = options.dataFolder ?? ownFolder();
	const token = options.env?.PORTICO_TOKEN ?? 'a-token-for-tests-only';
	const child = spawn(process.execPath, ['--import', 'tsx', 'relay/main.ts'], {
		cwd: project,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			PORT: String(options.port ?? 0),
			PORTICO_DATA: dataFolder,
			PORTICO_TOKEN: token,
			...options.env,
		},
	});
	let output = '';
	const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
	const url = await new Promise<string>((resolve, reject) => {
		const read = (chunk: Buffer) => {
			output += chunk.toString('utf8');
			const address = /Portico is ready at (\S+)/.exec(output)?.[1];
			if (address) resolve(address);
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		void ended.then((code) => reject(new Error(`The relay ended (${code}): ${output.trim()}`)));
	});
	return {
		url,
		port: Number(new URL(url).port),
		token,
		dataFolder,
		output: () => output,
		kill(signal = 'SIGTERM') {
			child.kill(signal);
			return ended;
		},
		ended,
	};
}

/** Stays while the tests run, since a restarted relay may want it again. */
function ownFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'portico-relay-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	return folder;
}
