import { startRelay, type RunningRelay } from './server.ts';
import { readSettings } from './settings.ts';
import { StartProblem } from './start-problem.ts';

/** Says why the relay ends in one line; only a fault of ours gets a stack. */
function giveUp(error: unknown): never {
	console.error(error instanceof StartProblem ? `Portico cannot start: ${error.message}` : error);
	process.exit(1);
}

async function start(): Promise<RunningRelay> {
	const settings = readSettings(process.env);
	const relay = await startRelay({ ...settings, log: (line) => console.log(line) });
	const mail = settings.smtp
		? 'mail leaves through your mail server'
		: `mail is kept at ${relay.url}/mailbox`;
	console.log(`Portico is ready at ${relay.url} (${mail})`);
	return relay;
}

const relay = await start().catch(giveUp);

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		// A terminal and npm may both pass the same Ctrl-C on; the second asks for nothing new.
		if (isStopping) return;
		isStopping = true;
		relay.close().then(() => process.exit(0), giveUp);
	});
}
