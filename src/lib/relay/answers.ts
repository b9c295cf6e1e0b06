/** An RFC 9457 problem, as far as we read it. */
export interface Problem {
	type: string;
	title: string;
	detail: string;
}

const fallbackMs = 60_000;
const longestMs = 24 * 3_600_000;

/** The problem that an answer carries, undefined when it carries none. */
export async function problemIn(answer: Response): Promise<Problem | undefined> {
	if (answer.ok || !answer.headers.get('Content-Type')?.includes('json')) return undefined;
	try {
		const body = (await answer.json()) as Partial<Record<keyof Problem, unknown>>;
		const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 300) : '');
		return { type: text(body.type), title: text(body.title), detail: text(body.detail) };
	} catch {
		return undefined;
	}
}

export function isProblem(problem: Problem | undefined, name: string): boolean {
	return problem?.type.endsWith(`/${name}`) ?? false;
}

/** How long to wait by `Retry-After` (seconds or an HTTP date, RFC 9110 §10.2.3); a minute when it says nothing. */
export function backOffMs(answer: Response): number {
	const header = answer.headers.get('Retry-After')?.trim() ?? '';
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
	return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestMs) : fallbackMs;
}
