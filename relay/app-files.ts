import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export type Encoding = 'br' | 'gzip' | 'identity';

export interface AppFile {
	type: string;
	etag: string;
	/** The file as it is and, where the build made them, compressed. */
	bodies: Partial<Record<Encoding, Buffer>> & { identity: Buffer };
}

/** The built app, read whole at the start: no path of a request ever reaches the file system. */
export interface AppFiles {
	isEmpty: boolean;
	/** `path` begins with a slash; '/' is the start page. */
	find(path: string): AppFile | undefined;
	/** The page's own policy, completed with what a `<meta>` cannot say. */
	policy: string;
}

const types: Record<string, string> = {
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.jpg': 'image/jpeg',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json',
	'.mjs': 'text/javascript; charset=utf-8',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.csv': 'text/csv; charset=utf-8',
	'.wasm': 'application/wasm',
	'.webmanifest': 'application/manifest+json',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
};

export function readAppFiles(folder: string | undefined): AppFiles {
	const files = new Map<string, AppFile>();
	if (folder !== undefined && existsSync(folder)) {
		const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
		for (const entry of entries) {
			if (!entry.isFile() || /\.(br|gz)$/.test(entry.name)) continue;
			const path = join(entry.parentPath, entry.name);
			files.set(`/${relative(folder, path).split(sep).join('/')}`, readAppFile(path));
		}
	}
	const index = files.get('/index.html');
	if (index) files.set('/', index);
	return {
		isEmpty: index === undefined,
		find: (path) => files.get(path),
		policy: policyOf(index?.bodies.identity.toString('utf8') ?? ''),
	};
}

function readAppFile(path: string): AppFile {
	const identity = readFileSync(path);
	const bodies: AppFile['bodies'] = { identity };
	if (existsSync(`${path}.br`)) bodies.br = readFileSync(`${path}.br`);
	if (existsSync(`${path}.gz`)) bodies.gzip = readFileSync(`${path}.gz`);
	return {
		type: types[extname(path).toLowerCase()] ?? 'application/octet-stream',
		etag: createHash('sha256').update(identity).digest('base64url').slice(0, 22),
		bodies,
	};
}

/** The build writes its policy, with the hashes of its scripts, into the page's `<meta>`. */
function policyOf(html: string): string {
	const meta = /<meta[^>]*http-equiv="content-security-policy"[^>]*>/i.exec(html)?.[0] ?? '';
	const written = /\bcontent="([^"]*)"/i.exec(meta)?.[1] ?? '';
	const own = written
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&')
		.replace(/\s+/g, ' ')
		.replace(/[;\s]+$/, '');
	return [own, "frame-ancestors 'none'"].filter((part) => part !== '').join('; ');
}
