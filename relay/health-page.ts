import { escape, isolated, page } from './page.ts';
import type { Relay } from './relay.ts';

/** The relay's state for the person who runs it: numbers, and nothing about anybody who was written to. */
export function healthPage(relay: Relay): string {
	const { tally } = relay;
	const facts: [string, string][] = [
		['Version', escape(relay.version)],
		['Mails come from', isolated(relay.sender)],
		['Delivers', relay.handOver ? 'yes, through your mail server' : 'no, it keeps a mailbox'],
		['Limit', `${relay.messagesPerMinute} messages a minute, ${relay.maxBytes} bytes each`],
		[
			'Running since',
			`${new Date(tally.startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
		],
		['Taken since then', String(tally.accepted)],
		['Refused', String(tally.refused)],
		['In doubt', String(tally['in-doubt'])],
		['Put off', String(tally['not-now'])],
		['Being handed over now', String(relay.inHand.size)],
	];
	const list = facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('\n');
	return page(
		'Relay',
		`<h1>The relay is running</h1>
<p>Numbers count since it was started. It keeps no names and no addresses of those who were written to${relay.handOver ? '' : ', but in its mailbox'}.</p>
<dl>
${list}
</dl>`,
	);
}
