import { askLimitMs, jsonOf, privately, textAt } from './network.ts';
import {
	type BegunSignIn,
	randomLetters,
	refusalIn,
	type SignInAnswer,
	type SignInOutcome,
	type SignInRequest,
	withQuery,
} from './sign-in.ts';

export const sendScope = 'https://www.googleapis.com/auth/gmail.send';

/** Where Google answers; a test has its own. */
export const google = {
	signIn: 'https://accounts.google.com/o/oauth2/v2/auth',
	userInfo: 'https://openidconnect.googleapis.com/v1/userinfo',
	gmail: 'https://gmail.googleapis.com',
};

/**
 * Google's flow for apps without a server (developers.google.com/identity/protocols/oauth2/
 * javascript-implicit-flow): the token comes back in the fragment, lives for about an hour and can't
 * be renewed without asking. A code with PKCE would be better, but Google's token endpoint wants a
 * client secret for it from a web client, and a static app can keep none.
 *
 * One permission for mail, to send it; `openid email` only tells which address it is sent from.
 */
export function beginGoogleSignIn(request: SignInRequest, at = google): BegunSignIn {
	const state = randomLetters();
	const url = withQuery(at.signIn, {
		client_id: request.clientId,
		redirect_uri: request.redirectUri,
		response_type: 'token',
		scope: `openid email ${sendScope}`,
		state,
		login_hint: request.account,
		prompt: request.account === '' ? 'select_account' : '',
	});
	return { url, state, finish: (answer) => finish(answer, state, at) };
}

async function finish(
	answer: SignInAnswer,
	state: string,
	at: typeof google,
): Promise<SignInOutcome> {
	const fail = (words: string): SignInOutcome => ({ kind: 'trouble', words });
	if (answer.state !== state) return fail('This answer belongs to another sign-in. Sign in again.');
	const refusal = refusalIn(answer, 'Google');
	if (refusal) return fail(refusal);
	const { access_token: accessToken = '', scope = '' } = answer;
	if (accessToken === '') return fail('Google sent no answer that Portico understands.');
	// Google lets a person untick single permissions, and signs her in all the same.
	if (!scope.split(' ').includes(sendScope))
		return fail(
			'Google signed you in, but without the permission to send mail. Sign in again and leave its box ticked.',
		);
	const account = await accountOf(accessToken, at);
	if (account === '')
		return fail('Google signed you in, but did not say with which address. Sign in again.');
	const seconds = Number(answer.expires_in);
	return {
		kind: 'signed-in',
		signIn: {
			id: 'sign-in',
			kind: 'gmail',
			account,
			accessToken,
			refreshToken: '',
			expiresAt: Date.now() + (seconds > 0 ? seconds : 3_600) * 1_000,
		},
	};
}

/** Whose token it is (openid.net/specs/openid-connect-core-1_0.html, §5.3); '' when that can't be had. */
async function accountOf(accessToken: string, at: typeof google): Promise<string> {
	try {
		const answer = await fetch(at.userInfo, {
			...privately,
			headers: { Authorization: `Bearer ${accessToken}` },
			signal: AbortSignal.timeout(askLimitMs),
		});
		return answer.ok ? textAt(await jsonOf(answer), 'email') : '';
	} catch {
		return '';
	}
}
