import type { Client } from '$lib/domain/client.ts';
import { Fingerprint } from './fingerprint.ts';

/** What is known of a person, each as 32 bits, 0 where it is not known. */
export const [nameSign, idSign, birthSign, addressSign, phoneSign, firstNameSign, lastNameSign] = [
	0, 1, 2, 3, 4, 5, 6,
] as const;
export const signCount = 7;

/** What goes with a name to tell a person, the surest first. */
export const companions = [birthSign, addressSign, phoneSign] as const;

/** The signs of one person at a time: those of the client whom it read last. */
export class PersonSigns {
	readonly of = new Int32Array(signCount);
	/** The name in 64 bits. */
	nameLow = 0;
	nameHigh = 0;
	readonly #name = new Fingerprint();
	readonly #word = new Fingerprint();

	read(client: Client): void {
		const { of } = this;
		const name = this.#name.start().name(client.firstName, client.lastName);
		const word = this.#word;
		this.nameLow = name.a;
		this.nameHigh = name.b;
		of[nameSign] = client.firstName === '' && client.lastName === '' ? 0 : name.a | 1;
		of[idSign] = client.externalId === '' ? 0 : word.start().text(client.externalId).a | 1;
		of[birthSign] = client.dateOfBirth === '' ? 0 : word.start().text(client.dateOfBirth).a | 1;
		of[addressSign] = client.emailAddress === '' ? 0 : word.start().text(client.emailAddress).a | 1;
		of[phoneSign] = word.start().digits(client.phone) === 0 ? 0 : word.a | 1;
		of[firstNameSign] = client.firstName === '' ? 0 : word.start().name(client.firstName, '').a | 1;
		of[lastNameSign] = client.lastName === '' ? 0 : word.start().name('', client.lastName).a | 1;
	}

	/** Nothing but a name, and perhaps a number, is known. */
	get isBare(): boolean {
		const { of } = this;
		return of[birthSign] === 0 && of[addressSign] === 0 && of[phoneSign] === 0;
	}
}
