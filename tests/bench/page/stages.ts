import { wrap } from 'comlink';
import { portico } from './portico.ts';
import type { Measuring, StageName } from './stages.worker.ts';

/** What each stage of an import costs, milliseconds: in the order in which they come. */
export type StageCosts = Record<StageName | 'seal and write', number>;

/** Each stage in a worker of its own; what it takes beyond the one before it is its own cost. */
export async function measureStages(file: File): Promise<StageCosts> {
	const of = async (name: StageName) => {
		const worker = new Worker(new URL('./stages.worker.ts', import.meta.url), { type: 'module' });
		try {
			return await wrap<Measuring>(worker).measure(name, file);
		} finally {
			worker.terminate();
		}
	};
	const [look, hash, decode, parse, map, plan] = [
		await of('look'),
		await of('hash'),
		await of('decode'),
		await of('parse'),
		await of('map'),
		await of('plan'),
	];
	const taking = await portico.look(file);
	const startedAt = performance.now();
	await taking.take();
	const whole = performance.now() - startedAt;
	taking.close();
	return {
		look,
		hash,
		decode,
		parse: parse - decode,
		map: map - parse,
		plan: plan - map,
		'seal and write': whole - plan,
	};
}
