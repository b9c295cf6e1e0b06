import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const mb = 1024;

/** The renderer processes of the browser with this profile, by Linux's /proc; none elsewhere. */
function renderersOf(profile: string): string[] {
	const parents = new Map<string, string>();
	const commands = new Map<string, string>();
	try {
		for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
			const stat = read(`/proc/${pid}/stat`);
			parents.set(pid, stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? '');
			commands.set(pid, read(`/proc/${pid}/cmdline`));
		}
	} catch {
		return [];
	}
	const isOurs = (pid: string): boolean => {
		for (let at = pid; at !== '' && at !== '0'; at = parents.get(at) ?? '')
			if (commands.get(at)?.includes(`--user-data-dir=${profile}`)) return true;
		return false;
	};
	return [...commands.keys()].filter(
		(pid) => commands.get(pid)?.includes('--type=renderer') && isOurs(pid),
	);
}

/** Processes end while they are listed. */
function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

function largest(profile: string, field: string): number {
	const sizes = renderersOf(profile).map((pid) => {
		const found = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`));
		return Number(found?.[1] ?? 0);
	});
	return Math.round(Math.max(0, ...sizes) / mb);
}

/** MB in the largest renderer's memory now (resident, the program itself included); its peak starts anew. */
export function startPeak(profile: string): number {
	// https://www.kernel.org/doc/html/latest/filesystems/proc.html: 5 resets the peak.
	for (const pid of renderersOf(profile)) {
		try {
			writeFileSync(`/proc/${pid}/clear_refs`, '5');
		} catch {
			// Without the right to it the peak counts from the start of the process.
		}
	}
	return largest(profile, 'VmRSS');
}

/** MB that the largest renderer had in memory at most; 0 where /proc does not tell. */
export const peakOf = (profile: string): number => largest(profile, 'VmHWM');
