import type { SignIn } from '$lib/domain/settings/relay.ts';
import { askLimitMs, jsonOf, member, privately, textAt } from './network.ts';
import {
	type BegunSignIn,
	challengeOf,
	randomLetters,
	refusalIn,
	type SignInAnswer,
	type SignInOutcome,
	type SignInRequest,
	withQuery,
} from './sign-in.ts';

/** Where Microsoft answers; a test has its own. */
export const microsoft = {
	signIn: 'https://login.microsoftonline.com',
	graph: 'https://graph.microsoft.com',
};

/** One permission for mail, to send it. `offline_access` renews it for a day; the rest tells which address. */
const scope = 'openid profile email offline_access https://graph.microsoft.com/Mail.Send';

export interface MicrosoftApp {
	clientId: string;
	tenant: string;
}

/**
 * The authorization code flow with PKCE for single-page apps
 * (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). The code comes back in the
 * fragment, so that no server of the app's host sees it.
 */
export async function beginMicrosoftSignIn(
	request: SignInRequest & MicrosoftApp,
	at = microsoft,
): Promise<BegunSignIn> {
	const state = randomLetters();
	const verifier = randomLetters();
	const url = withQuery(`${base(request, at)}/authorize`, {
		client_id: request.clientId,
		redirect_uri: request.redirectUri,
		response_type: 'code',
		response_mode: 'fragment',
		scope,
		state,
		code_challenge: await challengeOf(verifier),
		code_challenge_method: 'S256',
		login_hint: request.account,
		prompt: request.account === '' ? 'select_account' : '',
	});
	return { url, state, finish: (answer) => finish(answer, request, { state, verifier }, at) };
}

async function finish(
	answer: SignInAnswer,
	request: SignInRequest & MicrosoftApp,
	begun: { state: string; verifier: string },
	at: typeof microsoft,
): Promise<SignInOutcome> {
	const fail = (words: string): SignInOutcome => ({ kind: 'trouble', words });
	if (answer.state !== begun.state)
		return fail('This answer belongs to another sign-in. Sign in again.');
	const refusal = refusalIn(answer, 'Microsoft');
	if (refusal) return fail(refusal);
	if (!answer.code) return fail('Microsoft sent no answer that Portico understands.');
	const tokens = await askForTokens(request, at, {
		grant_type: 'authorization_code',
		code: answer.code,
		redirect_uri: request.redirectUri,
		code_verifier: begun.verifier,
	});
	if (tokens.kind !== 'tokens') return fail(tokens.words);
	const account = accountIn(tokens.idToken);
	if (account === '')
		return fail('Microsoft signed you in, but did not say with which address. Sign in again.');
	return {
		kind: 'signed-in',
		signIn: { id: 'sign-in', kind: 'microsoft', account, ...tokens.signIn },
	};
}

export type Renewal =
	| { kind: 'renewed'; signIn: SignIn }
	/** The sign-in is over, whatever is tried. */
	| { kind: 'ended' }
	/** It could not be renewed now. */
	| { kind: 'not-now'; words: string };

/** A new access token by the refresh token; a single-page app's lives for 24 hours and is replaced by each use. */
export async function renewMicrosoftSignIn(
	signIn: SignIn,
	app: MicrosoftApp,
	at = microsoft,
): Promise<Renewal> {
	if (signIn.refreshToken === '') return { kind: 'ended' };
	const tokens = await askForTokens(app, at, {
		grant_type: 'refresh_token',
		refresh_token: signIn.refreshToken,
	});
	if (tokens.kind !== 'tokens')
		return tokens.kind === 'refused' ? { kind: 'ended' } : { kind: 'not-now', words: tokens.words };
	const refreshToken = tokens.signIn.refreshToken || signIn.refreshToken;
	return { kind: 'renewed', signIn: { ...signIn, ...tokens.signIn, refreshToken } };
}

type Tokens =
	| {
			kind: 'tokens';
			signIn: Pick<SignIn, 'accessToken' | 'refreshToken' | 'expiresAt'>;
			idToken: string;
	  }
	| { kind: 'refused' | 'no-answer'; words: string };

async function askForTokens(
	app: MicrosoftApp,
	at: typeof microsoft,
	grant: Record<string, string>,
): Promise<Tokens> {
	try {
		const answer = await fetch(`${base(app, at)}/token`, {
			...privately,
			method: 'POST',
			body: new URLSearchParams({ client_id: app.clientId, scope, ...grant }),
			signal: AbortSignal.timeout(askLimitMs),
		});
		const body = await jsonOf(answer);
		const accessToken = textOf(body, 'access_token');
		if (answer.ok && accessToken !== '') {
			const seconds = Number(member(body, 'expires_in'));
			return {
				kind: 'tokens',
				signIn: {
					accessToken,
					refreshToken: textOf(body, 'refresh_token'),
					expiresAt: Date.now() + (seconds > 0 ? seconds : 3_600) * 1_000,
				},
				idToken: textOf(body, 'id_token'),
			};
		}
		const said = textAt(body, 'error_description') || `It answered with ${answer.status}.`;
		// "invalid_grant", "interaction_required", "invalid_client": only a new sign-in helps.
		const isRefused = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
		return {
			kind: isRefused ? 'refused' : 'no-answer',
			words: `Microsoft did not sign you in. It says: ${said}`,
		};
	} catch {
		return {
			kind: 'no-answer',
			words: 'Microsoft could not be reached to sign you in. Check your connection.',
		};
	}
}

/** Tokens are longer than what is ever shown to a person. */
function textOf(body: unknown, name: string): string {
	const text = member(body, name);
	return typeof text === 'string' ? text : '';
}

function base({ tenant }: MicrosoftApp, at: typeof microsoft): string {
	return `${at.signIn}/${encodeURIComponent(tenant || 'common')}/oauth2/v2.0`;
}

/**
 * The address in an ID token. It came straight from the token endpoint over TLS, which OpenID
 * Connect Core §3.1.3.7 takes in place of checking its signature.
 */
function accountIn(idToken: string): string {
	try {
		const [, payload = ''] = idToken.split('.');
		const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
		const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
		const claims = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
		return textAt(claims, 'email') || textAt(claims, 'preferred_username');
	} catch {
		return '';
	}
}
