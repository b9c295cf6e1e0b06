import { createHash } from 'node:crypto';
import { type ReceivedMail, readMail } from './read-mail.ts';
import {
	startStub,
	type Stub,
	type StubAnswer,
	type StubOptions,
	type StubReply,
	type StubRequest,
} from './stub-server.ts';

export interface MicrosoftStub extends Stub {
	clientId: string;
	/** Claims of the ID token. */
	claims: { email?: string; preferred_username?: string };
	isDenied: boolean;
	/** Seconds that the next access tokens live. */
	lifetime: number;
	signIns: URLSearchParams[];
	/** Grant types that were asked for, in order. */
	grants: string[];
	/** Access tokens that were given out are no longer taken. */
	endAccess(): void;
	/** The day is over: refresh tokens are no longer taken either. */
	endSignIns(): void;
	sent: ReceivedMail[];
	trouble: (
		request: StubRequest,
		work: () => Promise<StubReply>,
	) => StubReply | Promise<StubReply> | undefined;
	/** For the relay's `at`. */
	endpoints: { signIn: string; graph: string };
}

/**
 * Microsoft's authorization code flow with PKCE for single-page apps and Graph's `me/sendMail` with
 * MIME, by learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow and
 * learn.microsoft.com/graph/api/user-sendmail. Every access token is single-minded: `Mail.Send`.
 */
export async function startMicrosoftStub(options: StubOptions = {}): Promise<MicrosoftStub> {
	const codes = new Map<string, { challenge: string; redirect: string }>();
	let access = new Set<string>();
	let refresh = new Set<string>();
	let count = 0;
	const own: Omit<MicrosoftStub, keyof Stub> = {
		clientId: '11111111-2222-3333-4444-555555555555',
		claims: { email: 'dana@harbor.example', preferred_username: 'dana@harbor.example' },
		isDenied: false,
		lifetime: 3_599,
		signIns: [],
		grants: [],
		endAccess: () => (access = new Set()),
		endSignIns: () => (refresh = new Set()),
		sent: [],
		trouble: () => undefined,
		endpoints: { signIn: '', graph: '' },
	};
	const stub: MicrosoftStub = Object.assign(
		await startStub(reply, { exposed: 'Retry-After, request-id', ...options }),
		own,
	);
	stub.endpoints = { signIn: stub.url, graph: stub.url };

	function reply(request: StubRequest): StubReply | Promise<StubReply> {
		const work = () => answer(request);
		return stub.trouble(request, work) ?? work();
	}

	async function answer(request: StubRequest): Promise<StubReply> {
		const url = new URL(request.path, stub.url);
		if (request.method === 'HEAD') return { status: 200 };
		if (url.pathname.endsWith('/oauth2/v2.0/authorize')) return authorize(url.searchParams);
		if (url.pathname.endsWith('/oauth2/v2.0/token'))
			return token(new URLSearchParams(request.body));
		if (url.pathname !== '/v1.0/me/sendMail' || request.method !== 'POST')
			return graphError(404, 'ResourceNotFound', 'Resource not found.');
		const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
		if (!access.has(bearer))
			return graphError(
				401,
				'InvalidAuthenticationToken',
				'Access token has expired or is not yet valid.',
			);
		return send(request);
	}

	function authorize(query: URLSearchParams): StubAnswer {
		stub.signIns.push(query);
		const redirect = query.get('redirect_uri') ?? '';
		if (query.get('client_id') !== stub.clientId || query.get('response_mode') !== 'fragment')
			return { status: 400, body: 'AADSTS700016' };
		const state = query.get('state') ?? '';
		const code = `code-${++count}`;
		codes.set(code, { challenge: query.get('code_challenge') ?? '', redirect });
		const description = 'AADSTS65004: User declined to consent to access the app.';
		const fragment = new URLSearchParams(
			stub.isDenied
				? { error: 'access_denied', error_description: description, state }
				: { code, state, session_state: 's' },
		);
		return {
			status: 302,
			headers: {
				Location: `${redirect}#${fragment.toString()}`,
				'Cross-Origin-Opener-Policy': 'same-origin',
			},
		};
	}

	function token(form: URLSearchParams): StubAnswer {
		const grant = form.get('grant_type') ?? '';
		stub.grants.push(grant);
		if (form.get('client_id') !== stub.clientId)
			return tokenError('unauthorized_client', 'AADSTS700016: Application was not found.');
		if (form.has('client_secret'))
			return tokenError('invalid_request', 'AADSTS700025: Client is public.');
		if (grant === 'authorization_code') {
			const begun = codes.get(form.get('code') ?? '');
			const verifier = form.get('code_verifier') ?? '';
			const challenge = createHash('sha256').update(verifier).digest('base64url');
			if (!begun || begun.redirect !== form.get('redirect_uri'))
				return tokenError('invalid_grant', 'AADSTS70008: The code is expired or was redeemed.');
			if (begun.challenge !== challenge)
				return tokenError('invalid_grant', 'AADSTS501481: The Code_Verifier does not match.');
			codes.delete(form.get('code') ?? '');
		} else if (!refresh.has(form.get('refresh_token') ?? ''))
			return tokenError(
				'invalid_grant',
				'AADSTS700084: The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.',
			);
		count += 1;
		const [accessToken, refreshToken] = [`access-${count}`, `refresh-${count}`];
		access.add(accessToken);
		refresh.add(refreshToken);
		const idToken = ['{"alg":"RS256"}', JSON.stringify({ ver: '2.0', ...stub.claims }), 'signature']
			.map((part) => Buffer.from(part).toString('base64url'))
			.join('.');
		return {
			status: 200,
			body: {
				token_type: 'Bearer',
				scope: 'email openid profile https://graph.microsoft.com/Mail.Send',
				expires_in: stub.lifetime,
				access_token: accessToken,
				refresh_token: refreshToken,
				id_token: idToken,
			},
		};
	}

	async function send({ headers, body }: StubRequest): Promise<StubReply> {
		if (headers['content-type'] !== 'text/plain' || !/^[A-Za-z0-9+/]+={0,2}$/.test(body))
			return graphError(
				400,
				'ErrorMimeContentInvalidBase64String',
				'Invalid base64 string for MIME content.',
			);
		const mail = await readMail(Buffer.from(body, 'base64'));
		if (mail.recipients.length === 0)
			return graphError(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
		if (mail.from.address !== stub.claims.preferred_username || mail.from.name.includes('@'))
			return graphError(
				403,
				'ErrorSendAsDenied',
				'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.',
			);
		stub.sent.push(mail);
		return { status: 202 };
	}

	return stub;
}

/** An error as Microsoft Graph writes it. */
export function graphError(status: number, code: string, message: string): StubAnswer {
	const innerError = { date: '2026-01-01T00:00:00', 'request-id': 'r', 'client-request-id': 'c' };
	return { status, body: { error: { code, message, innerError } } };
}

function tokenError(name: string, description: string): StubAnswer {
	return { status: 400, body: { error: name, error_description: description, error_codes: [1] } };
}
