import type { Line } from './smtp-line.ts';

const idleMs = 5_000;

/** Idle lines kept for the next message: many servers limit sign-ins more tightly than messages. */
export interface Lines {
	/** An idle line or a new one; `fresh` asks for a new one. Rejects when none can be opened. */
	take(fresh: boolean): Promise<Line>;
	/** For a line that has just carried a message well. */
	giveBack(line: Line): void;
	close(): void;
}

export function createLines(open: () => Promise<Line>): Lines {
	const idle = new Map<Line, NodeJS.Timeout>();
	let isClosed = false;

	function forget(line: Line): void {
		clearTimeout(idle.get(line));
		idle.delete(line);
	}

	return {
		async take(fresh) {
			const [line] = idle.keys();
			if (line && !fresh) {
				forget(line);
				return line;
			}
			const opened = await open();
			opened.onEnd(() => forget(opened));
			return opened;
		},
		giveBack(line) {
			line.isUsed = true;
			if (isClosed) return line.close();
			const timer = setTimeout(() => {
				forget(line);
				line.close();
			}, idleMs);
			idle.set(line, timer);
		},
		close() {
			isClosed = true;
			for (const line of [...idle.keys()]) {
				forget(line);
				line.close();
			}
		},
	};
}
