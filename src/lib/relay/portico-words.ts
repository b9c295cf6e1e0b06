import { isProblem, type Problem } from './answers.ts';

const fieldWords: Record<string, string> = {
	'to.name': "The client's name",
	'to.address': "The client's address",
	'from.name': "Your name or your practice's name",
	replyTo: 'The reply-to address',
	subject: 'The subject',
	text: 'The text',
	html: 'The text',
};

/** What a Portico relay's problem means to the person who sends; holds nothing personal. */
export function problemInWords(problem: Problem | undefined, status: number): string {
	if (status === 401 || isProblem(problem, 'unauthorised'))
		return "The relay does not know the token that is set in 'Email relay'.";
	if (isProblem(problem, 'foreign-origin'))
		return 'The relay was not told to trust the page that Portico is opened from.';
	if (status === 413 || isProblem(problem, 'too-large'))
		return 'The message is larger than the relay takes.';
	if (status === 404 || status === 405)
		return "There is no Portico relay at the address that is set in 'Email relay'.";
	const detail = problem?.detail || problem?.title || `The relay answered with ${status}.`;
	return isProblem(problem, 'invalid-message') ? namedPlainly(detail) : detail;
}

/** "to.name is longer than 200 characters." → "The client's name is longer than 200 characters." */
function namedPlainly(detail: string): string {
	const end = detail.indexOf(' ');
	const words = end > 0 ? fieldWords[detail.slice(0, end)] : undefined;
	return words ? words + detail.slice(end) : detail;
}
