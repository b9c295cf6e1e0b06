import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartProblem } from './start-problem.ts';

/**
 * Takes `folder` for this process and returns how to let it go; throws StartProblem when another
 * relay has it. The lock is a listening socket, not a file with a process id: the system drops it
 * with the process, so that a killed relay never locks its successor out.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
	const address = lockAddress(folder);
	const isFile = !/^[\0\\]/.test(address);
	if (isFile && !(await hasListener(address))) rmSync(address, { force: true });
	const server = createServer((socket) => socket.destroy());
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				error.code === 'EADDRINUSE'
					? new StartProblem(
							`The data folder ${folder} is in use by another relay. Stop that one, or set PORTICO_DATA to another folder.`,
						)
					: error,
			),
		);
		server.listen(address, resolve);
	});
	server.unref();
	return () => new Promise((resolve) => server.close(() => resolve()));
}

/** Linux has sockets without a file, Windows named pipes; elsewhere a short path, since a socket's may hold about 100 bytes. */
function lockAddress(folder: string): string {
	const mark = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
	const name = `portico-relay-${mark}`;
	if (process.platform === 'linux') return `\0${name}`;
	if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
	return join(tmpdir(), `${name}.sock`);
}

function hasListener(path: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect(path);
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
