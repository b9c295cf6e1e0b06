import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { compileAtOnce, modernDexie } from '../../vite.shared.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
};

/** Builds a page that works with the app's parts (by default the one that measures), as the app is built, into `folder`. */
export async function buildSite(folder: string, page = 'tests/bench/page'): Promise<void> {
	await build({
		root: join(project, page),
		configFile: false,
		logLevel: 'warn',
		resolve: { alias: [{ find: '$lib', replacement: join(project, 'src/lib') }, modernDexie] },
		plugins: [compileAtOnce()],
		worker: { format: 'es', plugins: () => [compileAtOnce()] },
		build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
		cacheDir: join(folder, '../vite-cache'),
	});
}

/** Serves a folder on the loopback; returns its address and what stops it. */
export async function serveSite(folder: string): Promise<{ url: string; stop(): void }> {
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? '/', 'http://localhost').pathname;
		const file = normalize(join(folder, path === '/' ? 'index.html' : path));
		if (!file.startsWith(folder + sep) || !existsSync(file)) {
			response.writeHead(404).end();
			return;
		}
		const type = types[extname(file)] ?? 'application/octet-stream';
		response.writeHead(200, { 'content-type': type });
		createReadStream(file).pipe(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		stop() {
			server.close();
			server.closeAllConnections();
		},
	};
}
