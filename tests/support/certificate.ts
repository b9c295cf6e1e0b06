import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a certificate that it signed itself, made afresh: for stubs that a browser reaches by https. */
export function makeCertificate(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = sequence(oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02])); // ecdsa-with-SHA256
	const commonName = sequence(oid([0x55, 0x04, 0x03]), der(0x0c, Buffer.from('a stub for tests')));
	const name = sequence(der(0x31, commonName));
	const year = new Date().getUTCFullYear() % 100;
	const time = (y: number) => der(0x17, Buffer.from(`${String(y).padStart(2, '0')}0101000000Z`));
	const body = sequence(
		der(0xa0, integer(2)),
		integer(1),
		algorithm,
		name,
		sequence(time(year), time(year + 2)),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
	const cert = sequence(body, algorithm, signature).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${cert.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
	};
}

/** One value by the distinguished encoding rules of ASN.1 (X.690). */
function der(tag: number, content: Buffer): Buffer {
	const { length } = content;
	const size =
		length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
	return der(0x30, Buffer.concat(parts));
}

function oid(bytes: number[]): Buffer {
	return der(0x06, Buffer.from(bytes));
}

function integer(value: number): Buffer {
	return der(0x02, Buffer.from([value]));
}
