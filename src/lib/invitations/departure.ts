import { clockTime, dateInWords } from '$lib/domain/date-in-words.ts';
import type { Hindrance } from '$lib/domain/hindrance.ts';
import { dayInWords, planInWords } from '$lib/domain/plan-words.ts';
import type { ReportKind } from '$lib/domain/report-kind.ts';
import type { PlannedDay } from '$lib/domain/send-plan.ts';
import { letters } from './in-words.ts';

export interface Departure {
	hindrance: Hindrance;
	people: number;
	/** Of which report: it says what they are called. */
	kind?: ReportKind;
	/** How long all can be called back, milliseconds. */
	undoWindowMs: number;
	/** When a limit of the relay ends, epoch milliseconds. */
	resumeAt: number;
	/** Epoch milliseconds. */
	now: number;
	/** What leaves when, where not all at once. */
	plan?: readonly PlannedDay[];
}

/** When they leave, for the dialog before: "They leave in 10 seconds; until then you can call all of them back." */
export function departureInWords(departure: Departure): string {
	const { hindrance, people, undoWindowMs } = departure;
	const isOne = people === 1;
	const planned = plannedInWords(departure);
	if (planned) return planned;
	if (hindrance !== 'none') return whyTheyWait(departure);
	const leave = isOne ? 'It leaves' : 'They leave';
	return undoWindowMs > 0
		? `${leave} in ${undoWindowMs / 1000} seconds; until then you can call ${isOne ? 'it' : 'all of them'} back.`
		: `${leave} at once and can't be called back.`;
}

/** Said once they are queued: "3 invitations leave in 10 s", or what they wait for. */
export function queuedInWords(departure: Departure): string {
	const { hindrance, people, undoWindowMs, kind } = departure;
	const isOne = people === 1;
	const planned = plannedInWords(departure);
	if (planned) return `${letters(people, kind)} ${isOne ? 'is' : 'are'} queued. ${planned}`;
	return hindrance === 'none'
		? `${letters(people, kind)} ${isOne ? 'leaves' : 'leave'} in ${undoWindowMs / 1000} s.`
		: `${letters(people, kind)} ${isOne ? 'is' : 'are'} queued. ${whyTheyWait(departure)}`;
}

/** "They leave tomorrow, 09:00." or, over days, how many on each; '' when all leave at once. */
function plannedInWords({ plan = [], people, now, hindrance }: Departure): string {
	const [first] = plan;
	if (!first) return '';
	const leave = people === 1 ? 'It leaves' : 'They leave';
	const when =
		plan.length === 1
			? `${dayInWords(first.at, now)}, ${clockTime(first.at)}`
			: `over several days, within the quota: ${planInWords(plan, now)}`;
	return `${leave} ${when}.${untilThen(hindrance)}`;
}

function untilThen(hindrance: Hindrance): string {
	switch (hindrance) {
		case 'paused':
			return ' Sending is paused: resume it by then.';
		case 'offline':
			return ' This device is offline, and must be online by then.';
		case 'unreachable':
			return ' The relay does not answer right now, and must by then.';
		case 'no-relay':
		case 'by-hand':
		case 'storage':
		case 'limit':
		case 'none':
			return '';
	}
}

/** What keeps them here and when they leave; '' when nothing does. */
export function whyTheyWait({ hindrance, people, resumeAt, now }: Departure): string {
	const isOne = people === 1;
	const wait = isOne ? 'it waits' : 'they wait';
	const leave = isOne ? 'leaves by itself' : 'leave by themselves';
	switch (hindrance) {
		case 'none':
			return '';
		case 'no-relay':
			return `No email relay is set up: ${wait} until there is one.`;
		case 'by-hand':
			return `${isOne ? 'It waits' : 'They wait'} in the Outbox until you hand ${isOne ? 'it' : 'them'} over.`;
		case 'paused':
			return `Sending is paused: ${wait} until you resume it.`;
		case 'storage':
			return `This device cannot note what leaves right now: ${wait} on it and ${leave} when it can.`;
		case 'offline':
			return `You are offline: ${wait} on this device and ${leave} when it is online again.`;
		case 'unreachable':
			return `The relay does not answer right now: ${wait} on this device and ${leave} when it does.`;
		case 'limit':
			return `A limit of the relay holds until ${timeFrom(resumeAt, now)}: ${isOne ? 'it leaves' : 'they leave'} after that.`;
	}
}

/** "14:05", "tomorrow, 14:05", "3 May 2026". */
function timeFrom(at: number, now: number): string {
	const dayOf = (time: number) => new Date(time).setHours(0, 0, 0, 0);
	if (dayOf(at) === dayOf(now)) return clockTime(at);
	const tomorrow = new Date(now).setHours(36, 0, 0, 0);
	return dayOf(at) === dayOf(tomorrow) ? `tomorrow, ${clockTime(at)}` : dateInWords(at);
}
