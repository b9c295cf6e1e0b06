import { expect, test } from 'vitest';
import { relayAtTest, robin, smtpAtTest } from './relay-at-test.ts';

const hostile = {
	...robin,
	to: { name: '<img src=x onerror=alert(1)>', address: 'sam@example.com' },
	subject: '</h2><script>alert(1)</script>',
	text: '<script>alert(2)</script> & "more"',
	html: '<script>alert(3)</script><p>Dear Sam</p>',
};

test('the mailbox holds each mail once, in order of arrival', async () => {
	const relay = await relayAtTest();
	for (const key of ['b', 'a', 'c', 'a']) expect((await relay.post(key)).status).toBe(202);
	const mails = (await (await fetch(`${relay.url}/mailbox.json`)).json()) as { time: string }[];
	expect(mails.map((mail) => ('key' in mail ? mail.key : ''))).toEqual(['b', 'a', 'c']);
	expect(mails[0]).toEqual({
		key: 'b',
		...robin,
		from: { name: robin.from.name, address: 'invitations@portico.test' },
		time: expect.any(String) as string,
	});
	const { time } = mails[0] ?? { time: '' };
	expect(new Date(time).toISOString()).toBe(time);
	expect(Math.abs(Date.now() - Date.parse(time))).toBeLessThan(60_000);
});

test('the page shows every word as text and lets nothing run', async () => {
	const relay = await relayAtTest();
	await relay.post('key-1', hostile);
	const response = await fetch(`${relay.url}/mailbox`);
	const html = await response.text();
	expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
	expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
	expect(html).not.toContain('<script');
	expect(html).not.toContain('<img');
	expect(html).toContain('&lt;script&gt;alert(2)&lt;/script&gt; &amp; &quot;more&quot;');
	expect(html).toContain('/mailbox/1.html');
});

test('a mail opened as its reader sees it is locked in a sandbox', async () => {
	const relay = await relayAtTest();
	await relay.post('key-1', hostile);
	const response = await fetch(`${relay.url}/mailbox/1.html`);
	expect(await response.text()).toBe(hostile.html);
	expect(response.headers.get('content-security-policy')).toBe(
		"sandbox; default-src 'none'; style-src 'unsafe-inline'",
	);
	expect((await fetch(`${relay.url}/mailbox/2.html`)).status).toBe(404);
	expect((await fetch(`${relay.url}/mailbox/999999999999999.html`)).status).toBe(404);
});

test('a long mailbox says what its page leaves out', async () => {
	const relay = await relayAtTest();
	for (let n = 0; n < 101; n += 1) await relay.post(`key-${n}`);
	const html = await (await fetch(`${relay.url}/mailbox`)).text();
	expect(html).toContain('101 mails');
	expect(html).toContain('the newest 100');
	expect(html.match(/<details>/g)).toHaveLength(100);
	expect(await (await fetch(`${relay.url}/mailbox.json`)).json()).toHaveLength(101);
});

test('an empty mailbox says so', async () => {
	const relay = await relayAtTest();
	expect(await (await fetch(`${relay.url}/mailbox`)).text()).toContain('No mail yet');
	expect(await (await fetch(`${relay.url}/mailbox.json`)).json()).toEqual([]);
});

test('a relay that delivers has no mailbox', async () => {
	const smtp = await smtpAtTest();
	const relay = await relayAtTest({ smtpUrl: smtp.url });
	await relay.post('key-1');
	for (const path of ['/mailbox', '/mailbox.json', '/mailbox/1.html']) {
		expect((await fetch(`${relay.url}${path}`)).status).toBe(404);
	}
	expect((await relay.call('/health', {})).body.delivers).toBe(true);
});
