import { clientStatuses, type ClientStatus } from './client.ts';
import { standingsInOrder, type PortalStanding } from './portal-standing.ts';

/** Who has come of age, who has not, and of these who will within the next 90 days. */
export type AgeGroup = 'adult' | 'minor' | 'turns-18';

/** What a list of clients is narrowed to; a field that is absent narrows nothing. */
export interface ClientFilter {
	/** Any of these. */
	status?: readonly ClientStatus[];
	/** Any of these names; '' stands for nobody. */
	professional?: readonly string[];
	/** Any of these. */
	portal?: readonly PortalStanding[];
	/** All of these. */
	tags?: readonly string[];
	age?: AgeGroup;
	importId?: string;
	hasAddress?: boolean;
	/** Added on this day or later, ISO 8601 on the device's calendar. */
	addedSince?: string;
	/** Added before this day. */
	addedBefore?: string;
}

/** How many things the list is narrowed by: each of several statuses, names and tags counts. */
export function countFilters(filter: ClientFilter): number {
	return Object.values(filter).reduce<number>(
		(sum, value) => sum + (Array.isArray(value) ? value.length : value === undefined ? 0 : 1),
		0,
	);
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/;

/** The filter as the query of an address, in one order; '' for none. */
export function filterToQuery(filter: ClientFilter): string {
	const query = new URLSearchParams();
	for (const status of filter.status ?? []) query.append('status', status);
	for (const name of filter.professional ?? []) query.append('professional', name);
	for (const standing of filter.portal ?? []) query.append('portal', standing);
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
	const status = clientStatuses.filter((one) => query.getAll('status').includes(one));
	if (status.length > 0) filter.status = status;
	const professional = query.getAll('professional');
	if (professional.length > 0) filter.professional = professional;
	const portal = standingsInOrder.filter((one) => query.getAll('portal').includes(one));
	if (portal.length > 0) filter.portal = portal;
	const tags = query.getAll('tag').filter(Boolean);
	if (tags.length > 0) filter.tags = tags;
	const age = query.get('age');
	if (age === 'minor' || age === 'adult' || age === 'turns-18') filter.age = age;
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

/** The first millisecond of a day on the device's calendar; undefined for what is no day. */
export function startOfDay(day: string | undefined): number | undefined {
	if (!day || !isoDay.test(day)) return undefined;
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	return new Date(year, month - 1, date).getTime();
}
