import type { ReportKind } from './report-kind.ts';
import type { ReportSelection } from './settings/report-choices.ts';

export type Choices = Readonly<Record<string, boolean>>;

const nobody: Choices = Object.freeze({});

/** Whom a person checked or unchecked in a report, where she differs from it. */
export function choicesIn(selection: ReportSelection, kind: ReportKind): Choices {
	return (kind === 'first' ? selection.choices : selection[kind]) ?? nobody;
}

/** The selection with these choices in one of the reports. */
export function withChoicesIn(
	selection: ReportSelection,
	kind: ReportKind,
	choices: Record<string, boolean>,
): ReportSelection {
	return { ...selection, [kind === 'first' ? 'choices' : kind]: choices };
}
