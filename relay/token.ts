import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder's own token: made at the first start, readable by its owner only. */
export function ownToken(folder: string): string {
	const path = join(folder, 'token');
	try {
		const kept = readFileSync(path, 'utf8').trim();
		if (kept !== '') return kept;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
	const token = randomBytes(32).toString('base64url');
	writeFileSync(path, `${token}\n`, { mode: 0o600 });
	return token;
}

/** Whether an Authorization header bears `token`, in a time that tells nothing about it. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
	const given = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1] ?? '';
	return timingSafeEqual(digest(given), digest(token)) && given !== '';
}

function digest(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
