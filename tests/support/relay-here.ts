import { startRelay } from '../../relay/server.ts';
import { readSettings } from '../../relay/settings.ts';
import type { RelayProcess } from './relay-process.ts';

/**
 * The relay as `startRelayProcess` starts it, over real HTTP, but in this process: nothing can kill it
 * in the midst of something.
 */
export async function startRelayHere({
	env,
	dataFolder,
}: {
	env: Record<string, string>;
	dataFolder: string;
}): Promise<Pick<RelayProcess, 'url' | 'port' | 'output' | 'kill'>> {
	const lines: string[] = [];
	const settings = readSettings({
		PORT: '0',
		PORTICO_DATA: dataFolder,
		PORTICO_TOKEN: 'a-token-for-tests-only',
		...env,
	});
	const relay = await startRelay({ ...settings, log: (line) => lines.push(line) });
	return {
		url: relay.url,
		port: Number(new URL(relay.url).port),
		output: () => lines.join('\n'),
		async kill() {
			await relay.close();
			return 0;
		},
	};
}
