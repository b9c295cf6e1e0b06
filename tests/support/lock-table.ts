interface Request {
	owner: object;
	name: string;
	isShared: boolean;
	grant: () => void;
	refuse: (error: unknown) => void;
}

/**
 * The Web Locks of one device, in memory (Node has none): exclusive and shared, `ifAvailable`,
 * `signal`, queued in order; a context that dies lets go of all that it held or waited for.
 */
export class LockTable {
	#held: Request[] = [];
	#waiting: Request[] = [];

	/** The lock manager that one context sees. */
	of(owner: object): Pick<LockManager, 'request'> {
		const request = async (name: string, ...rest: unknown[]) => {
			const callback = rest.at(-1) as (lock: Lock | null) => unknown;
			const options = (rest.length > 1 ? rest[0] : {}) as LockOptions;
			const isShared = options.mode === 'shared';
			options.signal?.throwIfAborted();
			if (options.ifAvailable && !this.#isFree(name, isShared)) return callback(null);
			const mine = await this.#acquire(owner, name, isShared, options.signal);
			try {
				return await callback({ name, mode: isShared ? 'shared' : 'exclusive' });
			} finally {
				this.#release(mine);
			}
		};
		return { request: request as LockManager['request'] };
	}

	drop(owner: object): void {
		this.#waiting = this.#waiting.filter((request) => request.owner !== owner);
		this.#held = this.#held.filter((request) => request.owner !== owner);
		this.#grantNext();
	}

	/** Takes a lock from whoever holds it, as `steal` does: the holder goes on and does not know. */
	steal(name: string): void {
		this.#held = this.#held.filter((request) => request.name !== name);
		this.#grantNext();
	}

	#acquire(owner: object, name: string, isShared: boolean, signal: AbortSignal | undefined) {
		return new Promise<Request>((resolve, reject) => {
			const request: Request = {
				owner,
				name,
				isShared,
				grant: () => {
					signal?.removeEventListener('abort', giveUp);
					resolve(request);
				},
				refuse: reject,
			};
			const giveUp = () => {
				if (!this.#waiting.includes(request)) return;
				this.#waiting = this.#waiting.filter((other) => other !== request);
				request.refuse(signal?.reason);
			};
			this.#waiting.push(request);
			signal?.addEventListener('abort', giveUp);
			this.#grantNext();
		});
	}

	#release(request: Request): void {
		this.#held = this.#held.filter((other) => other !== request);
		this.#grantNext();
	}

	#isFree(name: string, isShared: boolean): boolean {
		return !this.#waiting.some((request) => request.name === name) && this.#mayHold(name, isShared);
	}

	#mayHold(name: string, isShared: boolean): boolean {
		const others = this.#held.filter((request) => request.name === name);
		return others.length === 0 || (isShared && others.every((request) => request.isShared));
	}

	#grantNext(): void {
		const blocked = new Set<string>();
		for (const request of [...this.#waiting]) {
			if (blocked.has(request.name) || !this.#mayHold(request.name, request.isShared)) {
				blocked.add(request.name);
				continue;
			}
			this.#waiting = this.#waiting.filter((other) => other !== request);
			this.#held.push(request);
			request.grant();
		}
	}
}
