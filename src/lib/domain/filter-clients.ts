import { ages, type ClientFacets } from './client-facets.ts';
import { startOfDay, type AgeGroup, type ClientFilter } from './client-filter.ts';
import { clientStatuses } from './client.ts';
import { standingsInOrder } from './portal-standing.ts';
import { professionalKey } from './professional.ts';

export interface Facets extends ClientFacets {
	/** Place in `standingsInOrder`. */
	readonly standing: Uint8Array;
}

/** A bit for each thing that a filter can ask. */
export const asked = {
	status: 1,
	professional: 2,
	portal: 4,
	tags: 8,
	age: 16,
	importId: 32,
	hasAddress: 64,
	added: 128,
} as const;

/** By client, the bits of what keeps her out; 0 for those who pass. One pass over the clients a thing that is asked. */
export function failures(facets: Facets, filter: ClientFilter): Uint8Array {
	const failed = new Uint8Array(facets.length);
	for (const [question, passes] of Object.entries(testsOf(facets, filter))) {
		const bit = asked[question as keyof typeof asked];
		for (let at = 0; at < failed.length; at++)
			if (!passes(at)) failed[at] = (failed[at] ?? 0) | bit;
	}
	return failed;
}

type Test = (at: number) => boolean;

/** A test of the client at a place for each thing that is asked. */
function testsOf(facets: Facets, filter: ClientFilter): { [Q in keyof typeof asked]?: Test } {
	const { status, professional, portal, tags, age, importId, hasAddress } = filter;
	const isAnyOf = (column: Uint8Array | Uint32Array, codes: readonly (number | undefined)[]) => {
		const wanted = new Set(codes);
		return (at: number) => wanted.has(column[at]);
	};
	return {
		...(status && {
			status: isAnyOf(
				facets.status,
				status.map((one) => clientStatuses.indexOf(one)),
			),
		}),
		...(professional && {
			professional: isAnyOf(
				facets.professional,
				professional.map((name) => facets.professionals.find(professionalKey(name)) ?? -1),
			),
		}),
		...(portal && {
			portal: isAnyOf(
				facets.standing,
				portal.map((one) => standingsInOrder.indexOf(one)),
			),
		}),
		...(tags && { tags: tagsTest(facets, tags) }),
		...(age && { age: ageTest(facets, age) }),
		...(importId && {
			importId: isAnyOf(facets.importId, [facets.imports.find(importId) ?? -1]),
		}),
		...(hasAddress !== undefined && { hasAddress: isAnyOf(facets.hasAddress, [+hasAddress]) }),
		...((filter.addedSince || filter.addedBefore) && { added: addedTest(facets, filter) }),
	};
}

function tagsTest(facets: Facets, tags: readonly string[]): Test {
	const wanted = tags.map((tag) => facets.tags.find(tag) ?? -1);
	const passing = facets.tagSets.map((set) => wanted.every((code) => set.includes(code)));
	return (at) => passing[facets.tagSet[at] ?? 0] === true;
}

function ageTest({ age }: Facets, asked: AgeGroup): Test {
	switch (asked) {
		case 'adult':
			return (at) => age[at] === ages.adult;
		case 'minor':
			return (at) => age[at] !== ages.adult;
		case 'turns-18':
			return (at) => age[at] === ages.turns18;
	}
}

function addedTest({ addedAt }: Facets, { addedSince, addedBefore }: ClientFilter): Test {
	const since = startOfDay(addedSince) ?? -Infinity;
	const before = startOfDay(addedBefore) ?? Infinity;
	return (at) => {
		const added = addedAt[at] ?? 0;
		return added >= since && added < before;
	};
}

/** How many clients each choice would show, given all that is asked elsewhere. By number of the choice. */
export interface FacetCounts {
	/** How many pass all. */
	all: number;
	status: Uint32Array;
	professional: Uint32Array;
	portal: Uint32Array;
	/** With the tags that are asked already. */
	tags: Uint32Array;
	/** Of `ages`; who turns 18 soon is not among the minors here. */
	age: Uint32Array;
	importId: Uint32Array;
	/** 0: none, 1: has one. */
	hasAddress: Uint32Array;
}

/** `found`: 1 for each client whom the search finds; undefined when nothing is searched for. */
export function countFacets(facets: Facets, failed: Uint8Array, found?: Uint8Array): FacetCounts {
	const counts: FacetCounts = {
		all: 0,
		status: new Uint32Array(clientStatuses.length),
		professional: new Uint32Array(facets.professionals.list.length),
		portal: new Uint32Array(standingsInOrder.length),
		tags: new Uint32Array(facets.tags.list.length),
		age: new Uint32Array(Object.keys(ages).length),
		importId: new Uint32Array(facets.imports.list.length),
		hasAddress: new Uint32Array(2),
	};
	const bySet = new Uint32Array(facets.tagSets.length);
	for (let at = 0; at < facets.length; at++) {
		if (found && found[at] !== 1) continue;
		const bits = failed[at] ?? 0;
		if (bits === 0) counts.all++;
		if ((bits & ~asked.status) === 0) add(counts.status, facets.status[at]);
		if ((bits & ~asked.professional) === 0) add(counts.professional, facets.professional[at]);
		if ((bits & ~asked.portal) === 0) add(counts.portal, facets.standing[at]);
		if (bits === 0) add(bySet, facets.tagSet[at]);
		if ((bits & ~asked.age) === 0) add(counts.age, facets.age[at]);
		if ((bits & ~asked.importId) === 0) add(counts.importId, facets.importId[at]);
		if ((bits & ~asked.hasAddress) === 0) add(counts.hasAddress, facets.hasAddress[at]);
	}
	facets.tagSets.forEach((set, code) => {
		for (const tag of new Set(set)) counts.tags[tag] = (counts.tags[tag] ?? 0) + (bySet[code] ?? 0);
	});
	return counts;
}

function add(counts: Uint32Array, code: number | undefined): void {
	if (code !== undefined) counts[code] = (counts[code] ?? 0) + 1;
}
