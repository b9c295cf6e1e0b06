import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { rawRequest, relayAtTest, smtpAtTest, testFolder } from './relay-at-test.ts';

const policy = "default-src 'none'; script-src 'self' 'sha256-abc='; connect-src https: 'self'";
const script = 'export const answer = 42;\n'.repeat(50);

function appFolder(): string {
	const folder = testFolder();
	const app = join(folder, 'app');
	mkdirSync(join(app, '_app/immutable'), { recursive: true });
	const meta = `<meta http-equiv="content-security-policy" content="${policy}">`;
	writeFileSync(join(app, 'index.html'), `<!doctype html><head>${meta}</head>`);
	writeFileSync(join(app, 'service-worker.js'), 'self.skipWaiting;');
	writeFileSync(join(app, 'manifest.webmanifest'), '{}');
	const path = join(app, '_app/immutable/a.js');
	writeFileSync(path, script);
	writeFileSync(`${path}.gz`, gzipSync(script));
	writeFileSync(`${path}.br`, brotliCompressSync(script));
	writeFileSync(join(folder, 'secret.txt'), 'not for you');
	return app;
}

test('the start page, the script and the worker carry the policy of the page', async () => {
	const relay = await relayAtTest({ appFolder: appFolder() });
	for (const path of ['/', '/service-worker.js', '/_app/immutable/a.js']) {
		const { status, headers } = await rawRequest(relay.url, { path });
		expect(status).toBe(200);
		expect(headers).toMatchObject({
			'content-security-policy': `${policy}; frame-ancestors 'none'`,
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin',
		});
		expect(headers['permissions-policy']).toContain('camera=()');
	}
});

test('files have their types, and only what never changes is kept for long', async () => {
	const relay = await relayAtTest({ appFolder: appFolder() });
	const of = async (path: string) => {
		const { headers } = await rawRequest(relay.url, { path });
		return [headers['content-type'], headers['cache-control']];
	};
	expect(await of('/')).toEqual(['text/html; charset=utf-8', 'no-cache']);
	expect(await of('/manifest.webmanifest')).toEqual(['application/manifest+json', 'no-cache']);
	expect(await of('/service-worker.js')).toEqual(['text/javascript; charset=utf-8', 'no-cache']);
	expect(await of('/_app/immutable/a.js')).toEqual([
		'text/javascript; charset=utf-8',
		'public, max-age=31536000, immutable',
	]);
});

test.each([
	['gzip, deflate, br', 'br'],
	['gzip', 'gzip'],
	['gzip, br;q=0', 'gzip'],
	['identity', undefined],
	['', undefined],
])('who accepts "%s" gets %s', async (accepted, encoding) => {
	const relay = await relayAtTest({ appFolder: appFolder() });
	const headers = { 'accept-encoding': accepted };
	const answer = await rawRequest(relay.url, { path: '/_app/immutable/a.js', headers });
	expect(answer.headers['content-encoding']).toBe(encoding);
	expect(answer.headers.vary).toContain('Accept-Encoding');
	if (encoding === 'gzip') expect(gunzipSync(answer.body).toString()).toBe(script);
	if (encoding === undefined) expect(answer.body.toString()).toBe(script);
});

test('a known file is not sent again, and HEAD sends none', async () => {
	const relay = await relayAtTest({ appFolder: appFolder() });
	const path = '/_app/immutable/a.js';
	const first = await rawRequest(relay.url, { path });
	const etag = first.headers.etag ?? '';
	const known = await rawRequest(relay.url, { path, headers: { 'if-none-match': `W/${etag}` } });
	expect([known.status, known.body.length]).toEqual([304, 0]);
	const head = await rawRequest(relay.url, { path, method: 'HEAD' });
	expect([head.status, head.body.length]).toEqual([200, 0]);
	expect(head.headers['content-length']).toBe(String(script.length));
});

test.each([
	'/../secret.txt',
	'/..%2fsecret.txt',
	'/%2e%2e/secret.txt',
	'/_app/..\\..\\secret.txt',
	'/_app/%2e%2e%5c..%5csecret.txt',
	'//../secret.txt',
	'/index.html%00',
	'/_app',
	'/_app/immutable/a.js.gz',
	'/no/such/page',
])('there is nothing at %s', async (path) => {
	const relay = await relayAtTest({ appFolder: appFolder() });
	const { status, body } = await rawRequest(relay.url, { path });
	expect(status).toBe(404);
	expect(body.toString()).not.toContain('not for you');
});

test('an address that cannot be decoded is told so', async () => {
	const relay = await relayAtTest({ appFolder: appFolder() });
	expect((await rawRequest(relay.url, { path: '/%zz' })).status).toBe(400);
});

test('the app that is served finds its relay, and no other page does', async () => {
	const relay = await relayAtTest({ appFolder: appFolder() });
	const ask = (headers: Record<string, string> = {}) =>
		rawRequest(relay.url, { path: '/portico.json', headers });
	const own = await ask({ 'sec-fetch-site': 'same-origin' });
	expect(own.headers['cache-control']).toBe('no-store');
	expect(JSON.parse(own.body.toString())).toEqual({
		relay: { url: relay.url, token: relay.token },
	});
	expect((await ask()).status).toBe(200);
	for (const site of ['cross-site', 'same-site', 'none']) {
		const mode = site === 'none' ? 'navigate' : 'no-cors';
		const foreign = await ask({ 'sec-fetch-site': site, 'sec-fetch-mode': mode });
		expect(foreign.status).toBe(403);
		expect(foreign.body.toString()).not.toContain(relay.token);
	}
});

test('the key is not given away where others on the network could send real mail', async () => {
	const smtp = await smtpAtTest();
	const relay = await relayAtTest({
		appFolder: appFolder(),
		host: '0.0.0.0',
		smtpUrl: smtp.url,
	});
	const url = relay.url.replace('0.0.0.0', '127.0.0.1');
	const headers = { 'sec-fetch-site': 'same-origin' };
	expect((await rawRequest(url, { path: '/portico.json', headers })).status).toBe(404);
});

test('without an app there is no page, but the relay works', async () => {
	const relay = await relayAtTest();
	expect((await fetch(`${relay.url}/`)).status).toBe(404);
	expect((await relay.post('key-1')).status).toBe(202);
});
