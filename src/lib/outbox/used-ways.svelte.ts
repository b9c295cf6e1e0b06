import type { HandOverWay } from '$lib/domain/message.ts';
import { SvelteMap } from 'svelte/reactivity';

/** By message: the way that was last tried to hand it over in this tab, for the note that says so. */
export const usedWays = new SvelteMap<string, HandOverWay>();
