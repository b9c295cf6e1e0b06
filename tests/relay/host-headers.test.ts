import { expect, test } from 'vitest';
import { caddyExample, headersFile, headersOf, nginxExample } from '../../scripts/host-headers.ts';

const policy = "default-src 'none'; script-src 'self' 'sha256-abc='; frame-ancestors 'none'";
const headers = headersOf(policy);

test('every host gets the policy and the safety headers', () => {
	for (const text of [headersFile(headers), nginxExample(headers), caddyExample(headers)]) {
		expect(text).toContain(policy);
		expect(text).toContain('nosniff');
		expect(text).toContain('no-referrer');
		expect(text).toContain('camera=()');
	}
});

test('no path is told two things about how long it may be kept', () => {
	const rules = headersFile(headers).split(/\n(?=\/)/);
	expect(rules[0]).not.toContain('cache-control');
	for (const rule of rules.slice(1)) expect(rule.match(/cache-control/g)).toHaveLength(1);
	expect(rules.at(-1)).toContain('immutable');
});

test('in nginx each block that adds a header adds them all', () => {
	const blocks = nginxExample(headers)
		.split('\n\tlocation ')
		.filter((block) => block.includes('add_header'));
	expect(blocks).toHaveLength(2);
	for (const block of blocks) expect(block).toContain(policy);
});
