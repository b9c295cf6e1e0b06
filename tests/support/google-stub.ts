import { type ReceivedMail, readMail } from './read-mail.ts';
import {
	startStub,
	type Stub,
	type StubAnswer,
	type StubOptions,
	type StubReply,
	type StubRequest,
} from './stub-server.ts';

export interface GoogleStub extends Stub {
	clientId: string;
	account: string;
	/** What it gives out next; one that it gave out before stays good until `endSignIns`. */
	accessToken: string;
	/** Permissions that the person leaves ticked; undefined: all that were asked for. */
	grants: string | undefined;
	/** She presses 'Cancel'. */
	isDenied: boolean;
	endSignIns(): void;
	/** Query of each sign-in that was begun. */
	signIns: URLSearchParams[];
	sent: ReceivedMail[];
	trouble: (
		request: StubRequest,
		work: () => Promise<StubReply>,
	) => StubReply | Promise<StubReply> | undefined;
	/** For the relay's `at`. */
	endpoints: { signIn: string; userInfo: string; gmail: string };
}

/**
 * Google's sign-in for apps without a server, its userinfo endpoint, and users.messages.send, by
 * developers.google.com/identity/protocols/oauth2/javascript-implicit-flow,
 * developers.google.com/gmail/api/reference/rest/v1/users.messages/send and its guide to errors.
 */
export async function startGoogleStub(options: StubOptions = {}): Promise<GoogleStub> {
	const good = new Map<string, string>();
	const own: Omit<GoogleStub, keyof Stub> = {
		clientId: '1234.apps.googleusercontent.com',
		account: 'dana@example.com',
		accessToken: 'ya29.fictional',
		grants: undefined,
		isDenied: false,
		endSignIns: () => good.clear(),
		signIns: [],
		sent: [],
		trouble: () => undefined,
		endpoints: { signIn: '', userInfo: '', gmail: '' },
	};
	const stub: GoogleStub = Object.assign(await startStub(reply, options), own);
	stub.endpoints = {
		signIn: `${stub.url}/o/oauth2/v2/auth`,
		userInfo: `${stub.url}/v1/userinfo`,
		gmail: stub.url,
	};
	good.set(stub.accessToken, 'https://www.googleapis.com/auth/gmail.send openid email');

	function reply(request: StubRequest): StubReply | Promise<StubReply> {
		const work = () => answer(request);
		return stub.trouble(request, work) ?? work();
	}

	async function answer(request: StubRequest): Promise<StubReply> {
		const url = new URL(request.path, stub.url);
		if (request.method === 'HEAD') return { status: 404 };
		if (url.pathname === '/o/oauth2/v2/auth') return signIn(url.searchParams);
		const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
		const scope = good.get(token);
		if (scope === undefined)
			return error(401, 'Invalid Credentials', 'authError', 'UNAUTHENTICATED');
		if (url.pathname === '/v1/userinfo')
			return { status: 200, body: { sub: '1', email: stub.account, email_verified: true } };
		if (url.pathname !== '/gmail/v1/users/me/messages/send')
			return error(404, 'Not Found', 'notFound', 'NOT_FOUND');
		if (!scope.includes('gmail.send'))
			return error(
				403,
				'Request had insufficient authentication scopes.',
				'insufficientPermissions',
				'PERMISSION_DENIED',
			);
		return send(request);
	}

	function signIn(query: URLSearchParams): StubAnswer {
		stub.signIns.push(query);
		const redirect = query.get('redirect_uri') ?? '';
		if (query.get('client_id') !== stub.clientId || redirect === '')
			return { status: 400, body: 'Error 401: invalid_client' };
		const state = query.get('state') ?? '';
		const scope = stub.grants ?? query.get('scope') ?? '';
		if (!stub.isDenied) good.set(stub.accessToken, scope);
		const fragment = new URLSearchParams(
			stub.isDenied
				? { error: 'access_denied', state }
				: {
						state,
						access_token: stub.accessToken,
						token_type: 'Bearer',
						expires_in: '3599',
						scope,
						authuser: '0',
						prompt: 'consent',
					},
		);
		return {
			status: 302,
			headers: {
				Location: `${redirect}#${fragment.toString()}`,
				// Its sign-in pages cut the window off from its opener.
				'Cross-Origin-Opener-Policy': 'same-origin',
			},
		};
	}

	async function send({ body }: StubRequest): Promise<StubReply> {
		const { raw } = JSON.parse(body) as { raw?: unknown };
		if (typeof raw !== 'string' || !/^[\w-]+$/.test(raw))
			return error(400, "'raw' RFC822 payload message string required", 'invalidArgument');
		const mail = await readMail(Buffer.from(raw, 'base64url'));
		if (mail.recipients.length === 0)
			return error(400, 'Recipient address required', 'invalidArgument', 'INVALID_ARGUMENT');
		stub.sent.push(mail);
		const id = `18c${stub.sent.length}`;
		return { status: 200, body: { id, threadId: id, labelIds: ['SENT'] } };
	}

	return stub;
}

/** An error as Google's APIs write it. */
export function error(code: number, message: string, reason: string, status = ''): StubAnswer {
	const errors = [{ message, domain: 'global', reason }];
	return {
		status: code,
		body: { error: { code, message, errors, ...(status ? { status } : {}) } },
	};
}
