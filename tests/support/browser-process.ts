import { readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The process of the browser that has this profile open: Chromium's lock on it is a link, `host-1234`. */
export function processOf(profile: string): number {
	return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
}
