import type { PortalUserState } from '$lib/domain/portal-user.ts';
import type { MenuItem } from '$lib/ui/menu-item.ts';
import type { Mark } from './portal-actions.ts';

/** What else can be done with a user, by where she stands. */
export function userMenu(
	{ kind }: PortalUserState,
	steps: { copy: (() => void) | undefined; permit: () => void; mark: (mark: Mark) => void },
): MenuItem[] {
	const mark = (fact: Mark['fact'], isSet: boolean, words: string) => () =>
		steps.mark({ fact, at: isSet ? Date.now() : 0, words });
	const items: MenuItem[] = [];
	if (steps.copy) items.push({ label: 'Copy invitation link', icon: 'mail', run: steps.copy });
	items.push(
		kind === 'joined'
			? { label: 'Mark as not joined', run: mark('joinedAt', false, 'Marked as not joined.') }
			: {
					label: 'Mark as joined',
					icon: 'check',
					run: mark('joinedAt', true, 'Marked as joined.'),
				},
		kind === 'bounced'
			? { label: 'Mark as not bounced', run: mark('bouncedAt', false, 'Marked as not bounced.') }
			: {
					label: 'Mark as bounced',
					icon: 'alert',
					run: mark('bouncedAt', true, 'Marked as bounced.'),
				},
		{ label: 'Change what may be seen', icon: 'settings', run: steps.permit },
	);
	// Where nothing was given, there is nothing to revoke.
	if (kind === 'revoked')
		items.push({
			label: 'Give access again',
			startsGroup: true,
			run: mark('revokedAt', false, 'Access is given again.'),
		});
	else if (kind !== 'never')
		items.push({
			label: 'Revoke',
			icon: 'cross',
			isDanger: true,
			startsGroup: true,
			run: mark('revokedAt', true, 'Revoked. What had not left is called back.'),
		});
	return items;
}
