class LockSoon {
	/** Nobody has done anything for long: it locks within half a minute. */
	isSaid = $state(false);
}

export const lockSoon = new LockSoon();
