import { expect, it } from 'vitest';
import { defaultTemplate } from '../../src/lib/domain/compose.ts';
import { buildReport } from '../../src/lib/domain/report.ts';
import { defaultSettings } from '../../src/lib/domain/settings.ts';
import { whatBlocksSending, type SendingPlan } from '../../src/lib/domain/sending-blockers.ts';
import { someClient } from '../support/some-client.ts';

const practice = {
	id: 'practice' as const,
	practiceName: 'Harbor Practice',
	yourName: 'Dana Reyes',
	replyTo: 'dana@harbor.example',
	portalAddress: 'https://portal.example/',
};
const relay = { ...defaultSettings.relay, kind: 'portico' as const, url: '/relay' };
const complete: SendingPlan = { practice, relay, template: defaultTemplate };
const { subject, body } = defaultTemplate;

it('nothing blocks a complete practice', () => expect(whatBlocksSending(complete)).toEqual([]));

it.each<[string, string, Partial<SendingPlan>]>([
	['no-practice-name', 'practice', { practice: { ...practice, practiceName: ' ' } }],
	['no-your-name', 'practice', { practice: { ...practice, yourName: '' } }],
	['no-reply-to', 'practice', { practice: { ...practice, replyTo: '' } }],
	['no-reply-to', 'practice', { practice: { ...practice, replyTo: 'dana' } }],
	['no-portal-address', 'practice', { practice: { ...practice, portalAddress: '' } }],
	['no-portal-address', 'practice', { practice: { ...practice, portalAddress: 'portal.example' } }],
	['no-relay', 'relay', { relay: { ...relay, kind: '' } }],
	['no-relay', 'relay', { relay: { ...relay, url: '' } }],
	['empty-subject', 'template', { template: { subject: ' ', body } }],
	['empty-body', 'template', { template: { subject, body: '' } }],
	['no-link', 'template', { template: { subject, body: 'Hello' } }],
	['unresolved-field', 'template', { template: { subject: '{oops}', body } }],
	['unresolved-field', 'template', { template: { subject, body: `${body} }` } }],
])('%s is mended at %s', (kind, where, lack) => {
	expect(whatBlocksSending({ ...complete, ...lack })).toMatchObject([{ kind, where }]);
});

it('a recipient whose name would leave a hole blocks, and is counted', () => {
	const clients = [
		someClient('maya'),
		someClient('nobody', { firstName: '', lastName: '' }),
		someClient('nobody-else', { firstName: '', lastName: '' }),
	];
	const { rows } = buildReport({ clients, contacts: [], invitations: [], messages: [], now: 0 });
	expect(whatBlocksSending({ ...complete, rows })).toEqual([
		{
			kind: 'empty-field',
			where: 'report',
			words:
				'{client preferred name} is empty for 2 clients: uncheck them, or complete what is missing.',
		},
	]);
});
