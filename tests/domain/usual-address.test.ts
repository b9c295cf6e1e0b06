import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	hasLookAlikeLetters,
	isEmailAddress,
	looksMistyped,
	normaliseEmailAddress,
} from '../../src/lib/domain/email-address.ts';
import { inboxOf } from '../../src/lib/domain/inbox.ts';
import { isOwnInbox, usualAddressTest } from '../../src/lib/domain/usual-address.ts';
import { fromSeed } from '../support/seed.ts';

const piece = fc.constantFrom('maya', 'M', '.', '..', '-', '_', '+', '1', ' ', '@', ',', 'é', 'а');
const local = fc.oneof(
	fc.constantFrom('maya.okafor', 'm', 'a_b-c+d.e1'),
	fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')),
);
const domain = fc.oneof(
	fc.constantFrom(
		'example.com',
		'gmail.com',
		'gmial.com',
		'gmail.co',
		'mail.example.con',
		'Example.com',
		'b\u00fccher.example',
	),
	fc.constantFrom('example', 'ex\u0430mple.com', '-a.example', 'a..example', 'example.com.', ''),
	fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')),
);

test('what the quick test lets pass has nothing against it by the whole rules', () => {
	const isUsual = usualAddressTest();
	let passed = 0;
	fc.assert(
		fc.property(local, domain, (before, after) => {
			const address = `${before}@${after}`;
			if (!isUsual(address)) return;
			passed++;
			expect(isEmailAddress(address)).toBe(true);
			expect(normaliseEmailAddress(address)).toBe(address);
			expect(looksMistyped(address)).toBe('');
			expect(hasLookAlikeLetters(address)).toBe(false);
			if (isOwnInbox(address)) expect(inboxOf(address)).toBe(address);
		}),
		fromSeed(2_000),
	);
	expect(passed).toBeGreaterThan(50);
});

test.each(['maya.okafor@example.com', 'm1@mail.example.org', 'a_b-c+d@post.example'])(
	'%s is usual',
	(address) => expect(usualAddressTest()(address)).toBe(true),
);
