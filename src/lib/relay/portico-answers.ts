const limitMs = 10_000;

/** An answer that waits at a Portico relay. */
export interface WaitingAnswer {
	id: string;
	text: string;
}

/** The box for answers of a Portico relay (relay/README.md). */
export interface AnswerBox {
	/** Those that wait for this practice, at most 200; undefined where the relay cannot be asked or takes none. */
	list(): Promise<WaitingAnswer[] | undefined>;
	/** Forgets one; false where that could not be said: it comes again. */
	forget(id: string): Promise<boolean>;
}

/** `key`: thumbprint of the practice's own, whose invitations are answered. */
export function porticoAnswers({
	url,
	token,
	key,
}: {
	url: string;
	token: string;
	key: string;
}): AnswerBox {
	const base = url.trim().replace(/\/+$/, '');
	const call = (path: string, method: 'GET' | 'DELETE') =>
		fetch(base + path, {
			method,
			headers: { Authorization: `Bearer ${token}` },
			cache: 'no-store',
			credentials: 'omit',
			redirect: 'error',
			referrerPolicy: 'no-referrer',
			signal: AbortSignal.timeout(limitMs),
		});
	return {
		async list() {
			try {
				const answer = await call(`/answers/to/${key}`, 'GET');
				if (!answer.ok) return undefined;
				const { answers } = (await answer.json()) as { answers?: unknown };
				return Array.isArray(answers) ? answers.filter(isWaitingAnswer) : undefined;
			} catch {
				return undefined;
			}
		},
		async forget(id) {
			try {
				return (await call(`/answers/${encodeURIComponent(id)}`, 'DELETE')).ok;
			} catch {
				return false;
			}
		},
	};
}

function isWaitingAnswer(value: unknown): value is WaitingAnswer {
	if (typeof value !== 'object' || value === null) return false;
	const { id, text } = value as Partial<Record<keyof WaitingAnswer, unknown>>;
	return typeof id === 'string' && typeof text === 'string';
}
