import type { IncomingHttpHeaders } from 'node:http';
import type { AppFile, Encoding } from './app-files.ts';
import { problem, type Answer } from './problems.ts';
import type { Relay, RelayRequest } from './relay.ts';

/** Everything that is no route of the relay: a file of the built app, or 404. */
export function getAppFile(relay: Relay, { path, raw }: RelayRequest): Answer {
	const file = relay.app.find(path);
	if (!file) return problem(404, 'not-found', 'There is no such page.');
	const encoding = encodingFor(file, raw.headers['accept-encoding']);
	const etag = `"${file.etag}-${encoding}"`;
	const headers = {
		'content-type': file.type,
		'cache-control': path.startsWith('/_app/immutable/')
			? 'public, max-age=31536000, immutable'
			: 'no-cache',
		// A worker's policy comes from its script's headers, so scripts carry it as well as pages.
		'content-security-policy': relay.app.policy,
		vary: 'Accept-Encoding',
		etag,
		...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
	};
	if (isUnchanged(raw.headers, etag)) return { status: 304, headers, body: '' };
	return { status: 200, headers, body: file.bodies[encoding] ?? file.bodies.identity };
}

function encodingFor(file: AppFile, acceptEncoding: string | string[] = ''): Encoding {
	const accepted = new Set(
		String(acceptEncoding)
			.toLowerCase()
			.split(',')
			.map((part) => part.trim().split(/\s*;\s*/))
			.filter(([, quality = '']) => !/^q=0(\.0*)?$/.test(quality))
			.map(([name]) => name),
	);
	if (file.bodies.br && accepted.has('br')) return 'br';
	return file.bodies.gzip && accepted.has('gzip') ? 'gzip' : 'identity';
}

function isUnchanged(headers: IncomingHttpHeaders, etag: string): boolean {
	const known = headers['if-none-match'];
	if (known === undefined) return false;
	return known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
