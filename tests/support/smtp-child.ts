import { startSmtp } from './smtp.ts';

// A mail server in a process of its own, so that a test can kill it: prints its port, then a line a
// recipient before the relay hears that the mail was taken.
const smtp = await startSmtp({
	port: Number(process.argv[2] ?? 0),
	onMessage(mail) {
		for (const recipient of mail.recipients) console.log(`mail ${recipient}`);
		return undefined;
	},
});
console.log(`port ${smtp.port}`);
