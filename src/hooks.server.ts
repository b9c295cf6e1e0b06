import { building } from '$app/environment';
import typeface from '@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2?url';
import type { Handle } from '@sveltejs/kit';
import { createHash } from 'node:crypto';

/**
 * Runs once, while the one page is built. With the hash router SvelteKit writes addresses from the host's
 * root; relative ones let the build lie under any path. The inline script is changed by that, and with
 * it the hash by which a Content-Security-Policy knows it.
 */
export const handle: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	if (!building || !response.headers.get('content-type')?.startsWith('text/html')) return response;
	const written = await response.text();
	let html = relative(written).replace(
		'</head>',
		`\t<link href=".${typeface}" rel="preload" as="font" type="font/woff2" crossorigin>\n\t</head>`,
	);
	for (const [, script = ''] of written.matchAll(/<script>([^]*?)<\/script>/g)) {
		html = html.replaceAll(hashOf(script), hashOf(relative(script)));
	}
	return new Response(html, { status: response.status, headers: response.headers });
};

function relative(text: string): string {
	return text.replaceAll('"/_app/', '"./_app/');
}

function hashOf(script: string): string {
	return createHash('sha256').update(script).digest('base64');
}
