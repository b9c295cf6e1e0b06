import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that run long, though they are short to read: begun last, one of them would run on alone. */
const long =
	/\/(outbox-storm-|import-fuzz|import-twice|vault-crash|vault-mutations|relay-killed|backup-crash)/;

/** The order in which files are taken up, also on a machine that has not yet timed them. */
export class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const others = await super.sort(files);
		const first = others.filter(({ moduleId }) => long.test(moduleId));
		return [...first, ...others.filter((file) => !first.includes(file))];
	}
}
