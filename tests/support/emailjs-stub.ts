import {
	startStub,
	type Stub,
	type StubOptions,
	type StubReply,
	type StubRequest,
} from './stub-server.ts';

export interface EmailJsMail {
	to_email: string;
	to_name: string;
	from_name: string;
	reply_to: string;
	subject: string;
	message: string;
	message_html: string;
}

export interface EmailJsStub extends Stub {
	/** What it took and would have sent, in order. */
	taken: EmailJsMail[];
	/** The account that it knows. */
	readonly account: { publicKey: string; serviceId: string; templateId: string };
	/** Requests that it takes each second; 0: no limit. */
	perSecond: number;
	/** What is left of the month. */
	quota: number;
	/** Answers in place of the service's own; undefined lets that one be given. */
	trouble: (request: StubRequest, take: () => void) => StubReply | undefined;
}

/**
 * EmailJS as its SDK 4.4.1 speaks to it: `POST /api/v1.0/email/send`, JSON, plain text back. Texts
 * and codes are those of its REST API's documentation (emailjs.com/docs/rest-api/send) and of
 * answers that people quote in public.
 */
export async function startEmailJsStub(options: StubOptions = {}): Promise<EmailJsStub> {
	const times: number[] = [];
	const own: Omit<EmailJsStub, keyof Stub> = {
		taken: [],
		account: { publicKey: 'pk_test', serviceId: 'service_test', templateId: 'template_test' },
		perSecond: 0,
		quota: Infinity,
		trouble: () => undefined,
	};
	const stub: EmailJsStub = Object.assign(
		await startStub((request) => reply(request), options),
		own,
	);
	function reply(request: StubRequest): StubReply {
		if (request.method === 'HEAD' || request.path === '/') return { status: 200 };
		if (request.path !== '/api/v1.0/email/send') return { status: 404, body: 'Not Found' };
		const body = bodyOf(request);
		const take = () => {
			stub.quota -= 1;
			stub.taken.push(body?.template_params as EmailJsMail);
		};
		const troubled = stub.trouble(request, take);
		if (troubled) return troubled;
		if (!body) return { status: 400, body: 'Invalid JSON' };
		const since = Date.now() - 1_000;
		if (stub.perSecond > 0 && times.filter((at) => at > since).length >= stub.perSecond)
			return { status: 429, body: 'Too Many Requests' };
		times.push(Date.now());
		const refusal = refusalOf(body, stub);
		if (refusal) return refusal;
		take();
		return { status: 200, body: 'OK' };
	}
	return stub;
}

interface Body {
	user_id?: unknown;
	service_id?: unknown;
	template_id?: unknown;
	template_params?: Partial<EmailJsMail>;
}

function bodyOf({ body }: StubRequest): Body | undefined {
	try {
		return JSON.parse(body) as Body;
	} catch {
		return undefined;
	}
}

function refusalOf(body: Body, { account, quota }: EmailJsStub): StubReply | undefined {
	const dashboard = 'https://dashboard.emailjs.com/admin';
	if (!body.user_id) return { status: 400, body: 'The user_id parameter is required' };
	if (body.user_id !== account.publicKey)
		return {
			status: 400,
			body: `The Public Key is invalid. To find this ID, visit ${dashboard}/account`,
		};
	if (body.service_id !== account.serviceId)
		return {
			status: 400,
			body: `The service ID not found. To find this ID, visit ${dashboard}`,
		};
	if (body.template_id !== account.templateId)
		return {
			status: 400,
			body: `The template ID not found. To find this ID, visit ${dashboard}/templates`,
		};
	if (quota <= 0) return { status: 429, body: 'You have reached the monthly request quota' };
	const to = body.template_params?.to_email ?? '';
	if (to === '') return { status: 422, body: 'The recipients address is empty' };
	if (!to.includes('@')) return { status: 422, body: 'The recipients address is corrupted' };
	return undefined;
}
