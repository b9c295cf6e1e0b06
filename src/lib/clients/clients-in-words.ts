/** "1,204 clients", "1 client". */
export function clientsInWords(count: number): string {
	return `${count.toLocaleString('en')} ${count === 1 ? 'client' : 'clients'}`;
}
