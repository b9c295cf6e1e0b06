import { columnsOf } from '$lib/imports/column-doubts.ts';
import { inspectFile, type Inspection } from '$lib/imports/inspect-file.ts';
import type { MappingChoices } from '$lib/imports/mapping.ts';
import { describe, expect, it } from 'vitest';
import { textFile } from '../support/fixture-file.ts';
import { makePracticeFile } from '../support/practice-file.ts';

async function inspected(text: string, choices: MappingChoices = {}): Promise<Inspection> {
	const result = await inspectFile(textFile(text), choices);
	if (result.kind === 'refused') throw new Error(result.problem.message);
	return result.inspection;
}

const clientsOf = ({ preview }: Inspection) =>
	preview.flatMap(({ row }) => (row.outcome === 'client' ? [row.client] : []));

describe('the columns of a file', () => {
	it('an address column is found by its values, and nobody else is taken for the client', async () => {
		const inspection = await inspected(
			'Wer,Erreichbar,Family Doctor Email,Referring Professional Email\nMaya Okafor,maya@example.com,una@example.org,per@example.org\nNoah Reyes,noah@example.com,una@example.org,per@example.org\n',
		);
		expect(inspection.mapping.roles).toEqual(['fullName', 'emailAddress', 'ignore', 'ignore']);
		expect(clientsOf(inspection).map(({ emailAddress }) => emailAddress)).toEqual([
			'maya@example.com',
			'noah@example.com',
		]);
	});

	it('when only somebody else has addresses, nobody gets one and a person is asked', async () => {
		const inspection = await inspected(
			'Name,Family Doctor Email\nMaya Okafor,una@example.org\nNoah Reyes,una@example.org\n',
		);
		expect(inspection.mapping.roles).not.toContain('emailAddress');
		expect(inspection.findings).toMatchObject([{ kind: 'no-address-column', needsAnswer: true }]);
		expect(columnsOf(inspection)[0]).toMatchObject({
			name: 'Family Doctor Email',
			confidence: 'doubtful',
			doubt: "Email addresses: are they your clients' own?",
		});
	});

	it('doubtful ones stand first, then the likely, the sure, and what is not taken in', async () => {
		const inspection = await inspected(
			'City,First Name,Last Name,Kontakt,DOB,Phone\nSalem,Maya,Okafor,maya@example.com,long ago,\nSalem,Noah,Reyes,noah@example.com,unsaid,\n',
		);
		expect(columnsOf(inspection).map(({ name, confidence }) => `${name}: ${confidence}`)).toEqual([
			'DOB: doubtful',
			'Kontakt: likely',
			'Phone: likely',
			'First Name: sure',
			'Last Name: sure',
			'City: sure',
		]);
		const chosen = columnsOf(inspection, [4]);
		expect(chosen.find(({ name }) => name === 'DOB')).toMatchObject({ doubt: '' });
	});

	it.each(['simplepractice', 'jane', 'therapyappointment', 'google'] as const)(
		'nothing is doubtful in what %s exports',
		async (shape) => {
			const inspection = await inspected(makePracticeFile({ rows: 200, shape, seed: 5 }));
			expect(columnsOf(inspection).filter(({ confidence }) => confidence === 'doubtful')).toEqual(
				[],
			);
		},
	);
});

describe('what is said of the whole file', () => {
	const csv =
		'Client,Status,Clinician\nMaya Okafor,Active,Robin Vale\nNoah Reyes,,\nAmara Silva,Sleeping,\n';
	const found = (inspection: Inspection) =>
		clientsOf(inspection).map(({ status, professional }) => `${status} ${professional}`.trim());

	it('as the file says, where nothing is said', async () => {
		expect(found(await inspected(csv))).toEqual(['active Robin Vale', 'active', 'inactive']);
	});

	it('every client has the chosen status, and a professional where the row names none', async () => {
		const defaults = { status: 'archived', professional: ' Imogen  Castell ' } as const;
		const inspection = await inspected(csv, { defaults });
		expect(found(inspection)).toEqual([
			'archived Robin Vale',
			'archived Imogen Castell',
			'archived Imogen Castell',
		]);
		expect(inspection.problems).toEqual([]);
		expect(inspection.preview.map(({ row }) => row)).toMatchObject([
			{ statesStatus: true },
			{ statesStatus: true },
			{ statesStatus: true },
		]);
	});

	it('a death in the status column is heard all the same', async () => {
		const inspection = await inspected('Client,Status\nMaya Okafor,Deceased\n', {
			defaults: { status: 'active' },
		});
		expect(clientsOf(inspection)).toMatchObject([{ isDeceased: true }]);
	});
});
