import { type Blocker, whatBlocksSending } from '$lib/domain/sending-blockers.ts';
import type { RelaySettings } from '$lib/domain/settings/relay.ts';
import { waysOf } from './portal-words.ts';
import type { PortalLetter } from './queue-users.ts';

/** A notice of what is to be mended first, with the ways to where it is. */
export interface BlockersTold {
	title: string;
	words: readonly string[];
	ways: readonly { href: string; label: string }[];
}

export interface PortalBlockers {
	canInvite: boolean;
	canRemind: boolean;
	told: readonly BlockersTold[];
}

/**
 * What stands against a first invitation and against 'Resend', which sends the reminder: as the report
 * says it of both. `isReminding`: somebody is there to be reminded.
 */
export function portalBlockers(
	{ template, reminder = template, practice, door }: PortalLetter,
	relay: RelaySettings,
	isReminding: boolean,
): PortalBlockers {
	const about = { practice, relay, ...(door && { door }) };
	const inviting = whatBlocksSending({ ...about, template });
	const reminding = whatBlocksSending({ ...about, template: reminder });
	const said = new Set(inviting.map(({ words }) => words));
	const others = isReminding ? reminding.filter(({ words }) => !said.has(words)) : [];
	const [canInvite, canRemind] = [inviting.length === 0, reminding.length === 0];
	return {
		canInvite,
		canRemind,
		told: [
			told(canRemind ? 'No invitation can be sent yet' : 'Nothing can be sent yet', inviting),
			told('No reminder can be sent yet', others),
		].filter(({ words }) => words.length > 0),
	};
}

function told(title: string, blockers: readonly Blocker[]): BlockersTold {
	return { title, words: blockers.map(({ words }) => words), ways: waysOf(blockers) };
}
