import { fieldTime } from '$lib/domain/date-in-words.ts';
import type { FileKind } from '$lib/platform/file-sink.ts';

export const backupKind: FileKind = {
	description: 'Backup of Portico',
	type: 'application/octet-stream',
	ending: '.portico-backup',
};

/** "portico-2026-05-04.portico-backup", by the device's calendar. */
export function backupName(now: number): string {
	return `portico-${fieldTime(now).slice(0, 10)}${backupKind.ending}`;
}
