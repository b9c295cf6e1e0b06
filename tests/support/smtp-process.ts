import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('smtp-child.ts', import.meta.url));

export interface SmtpProcess {
	port: number;
	url: string;
	/** Whom it took a mail for, in order. */
	recipients: readonly string[];
	/** Ends it as a power cut would; resolves when it is gone. */
	kill(): Promise<void>;
}

/** A real mail server in a process of its own. */
export async function startSmtpProcess(port = 0): Promise<SmtpProcess> {
	const child = spawn(process.execPath, ['--import', 'tsx', script, String(port)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const recipients: string[] = [];
	// 'close' comes after the last line was read, 'exit' may come before it.
	const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
	let rest = '';
	const taken = await new Promise<number>((resolve, reject) => {
		child.stdout.on('data', (chunk: Buffer) => {
			const lines = (rest + chunk.toString('utf8')).split('\n');
			rest = lines.pop() ?? '';
			for (const line of lines) {
				const [kind, value = ''] = line.split(' ');
				if (kind === 'mail') recipients.push(value);
				else resolve(Number(value));
			}
		});
		void closed.then(() => reject(new Error('The mail server ended before it was ready.')));
	});
	return {
		port: taken,
		url: `smtp://127.0.0.1:${taken}`,
		recipients,
		kill() {
			child.kill('SIGKILL');
			return closed;
		},
	};
}
