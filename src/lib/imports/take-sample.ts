import type { ImportResult } from './import-file.ts';
import { problemFrom } from './import-problem.ts';
import { openImporter } from './importer.ts';
import { samplePractice } from './sample-practice.ts';

/** Takes the sample practice in on the path of every other file. Never throws. */
export async function takeSample(now: number): Promise<ImportResult> {
	const importer = openImporter();
	try {
		const file = samplePractice(now);
		const look = await importer.inspect(file);
		if (look.kind === 'refused') return look;
		return await importer.take(file, look.inspection.mapping, () => undefined, true);
	} catch (error) {
		return { kind: 'refused', problem: problemFrom(error) };
	} finally {
		importer.close();
	}
}
