import { defaultSettings } from '$lib/domain/settings.ts';
import { openVault } from '$lib/vault/vault.ts';
import { expect, test } from 'vitest';
import { aClient } from '../support/clients.ts';
import { Device } from '../support/device.ts';
import { type RawRecord, RawDatabase } from '../support/raw-database.ts';
import { openOn } from '../support/vaults.ts';

const secrets = {
	firstName: 'Zdzisława',
	lastName: 'Quenneville-Ōkafor',
	preferredName: 'Zuzu',
	emailAddress: 'zdzislawa.quenneville@mail.example.com',
	phone: '+1 (555) 013-7799',
	dateOfBirth: '1987-11-23',
	externalId: 'EXT-48151623',
	professional: 'Dr. Ferdinand Oyelaran',
	contact: 'Barnabas Quenneville',
	contactAddress: 'barnabas@parents.example.com',
	subject: 'Your place in our portal',
	code: 'c0de-that-nobody-guesses',
	token: 'relay-token-74-secret',
};

const ascii = /[\p{L}\p{N}]{4,}/gu;
/** Whole values, and each word of them that is long enough not to occur by chance. */
const needles = Object.values(secrets).flatMap((text) => [
	text,
	...[...text.matchAll(ascii)].map(([word]) => word).filter((word) => !/^\d{4}$/.test(word)),
]);

/** Every byte and character that a record holds, strings in UTF-8 and UTF-16, whatever the nesting. */
function bytesIn(value: unknown): Buffer[] {
	if (typeof value === 'string') return [Buffer.from(value, 'utf8'), Buffer.from(value, 'utf16le')];
	if (value instanceof ArrayBuffer) return [Buffer.from(value)];
	if (ArrayBuffer.isView(value))
		return [Buffer.from(value.buffer, value.byteOffset, value.byteLength)];
	if (value instanceof CryptoKey) return bytesIn(JSON.stringify(value.algorithm));
	if (value instanceof Map) return bytesIn([...value]);
	if (typeof value === 'object' && value !== null)
		return Object.entries(value).flatMap(([key, inner]) => [...bytesIn(key), ...bytesIn(inner)]);
	return bytesIn(String(value));
}

function found({ names, records }: { names: string[]; records: RawRecord[] }): string[] {
	const haystacks = [...names, ...records.flatMap(({ key, value }) => [key, value])].flatMap(
		bytesIn,
	);
	const variants = (needle: string) => [
		Buffer.from(needle, 'utf8'),
		Buffer.from(needle, 'utf16le'),
		Buffer.from(needle.toLowerCase(), 'utf8'),
		Buffer.from(needle, 'latin1'),
		Buffer.from(Buffer.from(needle, 'utf8').toString('base64').replace(/=+$/, '').slice(0, -1)),
	];
	return needles.filter((needle) =>
		variants(needle).some((bytes) => haystacks.some((haystack) => haystack.includes(bytes))),
	);
}

async function furnish(): Promise<RawDatabase> {
	const device = new Device();
	const { vault } = await openOn(device);
	const { contact, contactAddress, subject, code, token, ...fields } = secrets;
	const staging = vault.stage();
	await staging.add(
		'clients',
		Array.from({ length: 1500 }, (_, i) => aClient({ ...fields, id: `s${i}` })),
	);
	await staging.commit(
		() => ({
			put: {
				clients: [aClient({ ...fields, id: 'a' })],
				contacts: [
					{
						id: 'k',
						clientId: 'a',
						name: contact,
						emailAddress: contactAddress,
						phone: fields.phone,
						relationship: 'guardian',
						importId: '',
					},
				],
				templates: [{ id: 't', subject, body: subject, changedAt: 0 }],
				invitations: [
					{
						id: 'i',
						clientId: 'a',
						emailAddress: fields.emailAddress,
						round: 1,
						code,
						messageId: 'm',
						invitedAt: 0,
						expiresAt: 0,
					},
				],
				messages: [
					{
						id: 'm',
						invitationId: 'i',
						clientId: 'a',
						letterId: 'l',
						toName: fields.firstName,
						toAddress: fields.emailAddress,
						fields: [fields.firstName, code],
					} as never,
				],
				settings: [{ ...defaultSettings.relay, kind: 'portico', url: 'https://r.example', token }],
			},
		}),
		{ id: 'import', what: 'import', count: 1501, canUndo: true },
		{
			needs: ['clients', 'contacts', 'templates', 'invitations', 'messages', 'settings'],
		},
	);
	// An edit and a removal keep what was there for their undo.
	await vault.commit(
		() => ({
			put: { clients: [aClient({ ...fields, id: 's1', phone: '' })] },
			remove: { clients: ['s2'] },
		}),
		{ what: 'edit', count: 2, canUndo: true },
		{ needs: ['clients'] },
	);
	// What was staged and not yet committed lies there too.
	const waiting = vault.stage();
	await waiting.add(
		'clients',
		Array.from({ length: 9 * 1024 }, (_, i) => aClient({ ...fields, id: `w${i}` })),
	);
	expect(await vault.load('clients')).toBeDefined();
	vault.close();
	const again = await openVault('t', device.openContext().ports);
	expect((await again.load('clients')).get('clients', 'a')?.lastName).toBe(secrets.lastName);
	again.close();
	return new RawDatabase(device);
}

test('nobody’s name, address or phone is in the raw database: not in a value, a key or a name', async () => {
	const raw = await furnish();
	const dump = await raw.dump();
	expect(new Set(dump.records.map(({ store }) => store))).toEqual(
		new Set(['heads', 'blocks', 'undos', 'keys']),
	);
	expect(dump.records.length).toBeGreaterThan(10);
	expect(found(dump)).toEqual([]);
});

test('the search would find them: in a clear text, in clear bytes, in a key, in a store’s name', async () => {
	const raw = await furnish();
	const dump = await raw.dump();
	const plant = (record: RawRecord) => found({ ...dump, records: [...dump.records, record] });
	const { phone, lastName, emailAddress } = secrets;
	expect(plant({ store: 'blocks', key: 'x', value: { deep: [{ phone }] } })).toContain(phone);
	expect(plant({ store: 'blocks', key: emailAddress, value: 0 })).toContain(emailAddress);
	for (const encoding of ['utf8', 'utf16le'] as const) {
		const bytes = Uint8Array.from(Buffer.from(`[{"lastName":"${lastName}"}]`, encoding));
		expect(plant({ store: 'blocks', key: 'x', value: { iv: bytes } })).toContain(lastName);
		expect(plant({ store: 'blocks', key: 'x', value: bytes.buffer })).toContain(lastName);
	}
	expect(found({ ...dump, names: [...dump.names, `by ${emailAddress}`] })).toContain(emailAddress);

	// And on the disk itself, past the vault.
	await raw.put('blocks', { key: 'planted', rows: [{ lastName }] } as never);
	expect(found(await raw.dump())).toContain(lastName);
});

test('the data key cannot be read out', async () => {
	const raw = await furnish();
	const record = await raw.get('keys', 'data');
	if (!record || !('key' in record)) throw new Error('There is no open key');
	expect(record.key.extractable).toBe(false);
	await expect(crypto.subtle.exportKey('raw', record.key)).rejects.toThrow();
});

test('the same rows sealed twice look nothing alike, and no initialisation vector comes twice', async () => {
	const { records } = await (await furnish()).dump();
	const vectors = records.flatMap(({ value }) => {
		const { sealed, manifest } = value as {
			sealed?: { iv: Uint8Array };
			manifest?: { iv: Uint8Array };
		};
		const iv = sealed?.iv ?? manifest?.iv;
		return iv ? [Buffer.from(iv).toString('hex')] : [];
	});
	expect(vectors.length).toBeGreaterThan(10);
	expect(new Set(vectors).size).toBe(vectors.length);
});
