// After a build: the headers that a static host must send, since a `<meta>` policy does not bind workers.
// `build/_headers` is read by Netlify and Cloudflare Pages; `hosting/` has examples for nginx and Caddy.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readAppFiles } from '../relay/app-files.ts';
import { safetyHeaders } from '../relay/safety-headers.ts';

type Headers = Readonly<Record<string, string>>;

const longCache = 'public, max-age=31536000, immutable';

/** Every file's headers, pages and scripts alike. `policy` is the built page's own. */
export function headersOf(policy: string): Headers {
	return {
		'content-security-policy': policy,
		'strict-transport-security': 'max-age=31536000',
		...safetyHeaders,
	};
}

/** https://docs.netlify.com/manage/routing/headers/, https://developers.cloudflare.com/pages/configuration/headers/ */
export function headersFile(headers: Headers): string {
	const lines = (all: Headers) => Object.entries(all).map(([name, value]) => `  ${name}: ${value}`);
	return [
		'/*',
		...lines(headers),
		// A longer rule adds to a shorter one, and two cache rules would be joined: each path has one.
		...['/', '/index.html', '/service-worker.js', '/manifest.webmanifest'].flatMap((path) => [
			path,
			'  cache-control: no-cache',
		]),
		'/_app/immutable/*',
		`  cache-control: ${longCache}`,
		'',
	].join('\n');
}

/** A server block; `add_header` is not inherited by a block that has its own, hence the repetition. */
export function nginxExample(headers: Headers): string {
	const lines = (indent: string, cache: string) =>
		[...Object.entries(headers), ['cache-control', cache]]
			.map(
				([name, value]) => `${indent}add_header ${name} "${value?.replaceAll('"', '\\"')}" always;`,
			)
			.join('\n');
	return `# Put the build into /var/www/portico; certificates are yours to add.
server {
	listen 443 ssl;
	server_name portico.example;
	root /var/www/portico;
	index index.html;
	gzip_static on;
${lines('\t', 'no-cache')}
	location = /manifest.webmanifest {
		default_type application/manifest+json;
	}
	location /_app/immutable/ {
${lines('\t\t', longCache)}
	}
}
`;
}

export function caddyExample(headers: Headers): string {
	const lines = Object.entries(headers).map(([name, value]) => `\t\t${name} \`${value}\``);
	return `# Put the build into /var/www/portico.
portico.example {
	root * /var/www/portico
	file_server {
		precompressed br gzip
	}
	header {
${lines.join('\n')}
	}
	@changing not path /_app/immutable/*
	header @changing cache-control no-cache
	header /_app/immutable/* cache-control "${longCache}"
}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const build = fileURLToPath(new URL('../build', import.meta.url));
	const hosting = fileURLToPath(new URL('../hosting', import.meta.url));
	const app = readAppFiles(build);
	if (app.isEmpty) throw new Error('There is no build to make headers for.');
	const headers = headersOf(app.policy);
	mkdirSync(hosting, { recursive: true });
	writeFileSync(`${build}/_headers`, headersFile(headers));
	writeFileSync(`${hosting}/nginx.conf`, nginxExample(headers));
	writeFileSync(`${hosting}/Caddyfile`, caddyExample(headers));
}
