import type { Client, ClientStatus } from './client.ts';
import { fold } from './fold.ts';
import { minorTest } from './minors.ts';

/** What a list of clients is narrowed to; a field that is absent narrows nothing. */
export interface ClientFilter {
	/** Any of these. */
	status?: readonly ClientStatus[];
	/** Any of these names; '' stands for nobody. */
	professional?: readonly string[];
	/** All of these. */
	tags?: readonly string[];
	age?: 'minor' | 'adult';
	importId?: string;
	hasAddress?: boolean;
	/** Added on this day or later, ISO 8601 on the device's calendar. */
	addedSince?: string;
	/** Added before this day. */
	addedBefore?: string;
}

/** Whether clients pass, prepared once for many. `now` in epoch milliseconds. */
export function filterTest(filter: ClientFilter, now: number): (client: Client) => boolean {
	const isMinor = minorTest(now);
	const professionals = filter.professional?.map((name) => fold(name.trim()));
	const since = startOf(filter.addedSince);
	const before = startOf(filter.addedBefore);
	return (client) =>
		(!filter.status || filter.status.includes(client.status)) &&
		(!professionals || professionals.includes(fold(client.professional.trim()))) &&
		(!filter.tags || filter.tags.every((tag) => client.tags?.includes(tag))) &&
		(!filter.age || isMinor(client) === (filter.age === 'minor')) &&
		(!filter.importId || client.importId === filter.importId) &&
		(filter.hasAddress === undefined ||
			(client.emailAddress.trim() !== '') === filter.hasAddress) &&
		(since === undefined || client.addedAt >= since) &&
		(before === undefined || client.addedAt < before);
}

/** How many things the list is narrowed by. */
export function countFilters(filter: ClientFilter): number {
	return Object.values(filter).filter((value) => value !== undefined).length;
}

const statuses: readonly ClientStatus[] = ['active', 'inactive', 'prospective', 'archived'];
const isoDay = /^\d{4}-\d{2}-\d{2}$/;

/** The filter as the query of an address, in one order; '' for none. */
export function filterToQuery(filter: ClientFilter): string {
	const query = new URLSearchParams();
	for (const status of filter.status ?? []) query.append('status', status);
	for (const name of filter.professional ?? []) query.append('professional', name);
	for (const tag of filter.tags ?? []) query.append('tag', tag);
	if (filter.age) query.append('age', filter.age);
	if (filter.importId) query.append('import', filter.importId);
	if (filter.hasAddress !== undefined) query.append('address', filter.hasAddress ? 'yes' : 'no');
	if (filter.addedSince) query.append('since', filter.addedSince);
	if (filter.addedBefore) query.append('before', filter.addedBefore);
	return query.toString();
}

/** What an address asks for; what it says and nobody understands is left out. */
export function filterFromQuery(query: URLSearchParams): ClientFilter {
	const filter: ClientFilter = {};
	const wanted = query.getAll('status');
	const status = statuses.filter((one) => wanted.includes(one));
	if (status.length > 0) filter.status = status;
	const professional = query.getAll('professional');
	if (professional.length > 0) filter.professional = professional;
	const tags = query.getAll('tag').filter(Boolean);
	if (tags.length > 0) filter.tags = tags;
	const age = query.get('age');
	if (age === 'minor' || age === 'adult') filter.age = age;
	const importId = query.get('import');
	if (importId) filter.importId = importId;
	const address = query.get('address');
	if (address === 'yes' || address === 'no') filter.hasAddress = address === 'yes';
	const since = query.get('since');
	if (since && isoDay.test(since)) filter.addedSince = since;
	const before = query.get('before');
	if (before && isoDay.test(before)) filter.addedBefore = before;
	return filter;
}

/** The first millisecond of a day on the device's calendar. */
function startOf(day: string | undefined): number | undefined {
	if (!day || !isoDay.test(day)) return undefined;
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	return new Date(year, month - 1, date).getTime();
}
