import type { RelayKind } from '$lib/domain/settings/relay.ts';

/** The kind that a person looks at, saved or not; it stays while she visits other screens. */
class ChosenKind {
	current = $state<RelayKind>();
}

export const chosenKind = new ChosenKind();
