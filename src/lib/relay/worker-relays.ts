import { settingsFrom } from '$lib/domain/settings.ts';
import { emailJsRelay } from './emailjs.ts';
import { gmailRelay } from './gmail.ts';
import { jmapRelay } from './jmap.ts';
import { microsoftRelay } from './microsoft.ts';
import type { RelayMakers } from './relays.ts';

/** For a service worker, which may not `import()`: everything is in its one file. */
export const workerRelays: RelayMakers = {
	emailjs: (rows) => emailJsRelay(settingsFrom(rows, 'emailjs')),
	gmail: (_, signIn) => gmailRelay(signIn),
	microsoft: (rows, signIn) => microsoftRelay(settingsFrom(rows, 'microsoft'), signIn),
	jmap: (rows) => jmapRelay(settingsFrom(rows, 'jmap')),
};
