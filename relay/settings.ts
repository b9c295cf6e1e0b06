import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isEmailAddress } from '../src/lib/domain/email-address.ts';
import type { RelayOptions } from './relay.ts';
import { readSmtpUrl } from './smtp-line.ts';
import { StartProblem } from './start-problem.ts';

const project = fileURLToPath(new URL('..', import.meta.url));

/** Reads the environment. Throws StartProblem naming the variable that cannot be used. */
export function readSettings(env: NodeJS.ProcessEnv): RelayOptions {
	const { PORTICO_TOKEN: token } = env;
	if (token !== undefined && token !== '' && !/^[\x21-\x7e]{16,}$/.test(token)) {
		throw new StartProblem('PORTICO_TOKEN must have at least 16 visible ASCII characters.');
	}
	return {
		port: wholeNumber(env, 'PORT', 4173, 0, 65_535),
		host: env.PORTICO_HOST || '127.0.0.1',
		dataFolder: env.PORTICO_DATA ? resolve(env.PORTICO_DATA) : resolve(project, '.portico'),
		appFolder: env.PORTICO_APP ? resolve(env.PORTICO_APP) : resolve(project, 'build'),
		...(token ? { token } : {}),
		origins: origins(env.PORTICO_ORIGINS ?? ''),
		smtp: env.PORTICO_SMTP_URL ? smtp(env.PORTICO_SMTP_URL) : undefined,
		sender: sender(env.PORTICO_SENDER || 'invitations@portico.test'),
		takesAnswers: isOn(env, 'PORTICO_ANSWERS'),
		messagesPerMinute: wholeNumber(env, 'PORTICO_MESSAGES_PER_MINUTE', 1_200, 1, 1_000_000),
	};
}

function wholeNumber(
	env: NodeJS.ProcessEnv,
	name: string,
	otherwise: number,
	least: number,
	most: number,
): number {
	const text = env[name];
	if (text === undefined || text === '') return otherwise;
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= least && value <= most) return value;
	throw new StartProblem(`${name} must be a whole number from ${least} to ${most}.`);
}

function isOn(env: NodeJS.ProcessEnv, name: string): boolean {
	const text = (env[name] ?? '').toLowerCase();
	if (['', 'off', 'no', '0', 'false'].includes(text)) return false;
	if (['on', 'yes', '1', 'true'].includes(text)) return true;
	throw new StartProblem(`${name} must be on or off.`);
}

function origins(text: string): string[] {
	const list = text.split(/[\s,]+/).filter((part) => part !== '');
	for (const origin of list) {
		if (URL.canParse(origin) && new URL(origin).origin === origin) continue;
		throw new StartProblem(
			'PORTICO_ORIGINS must list origins such as https://portico.example, parted by commas.',
		);
	}
	return list;
}

function smtp(url: string): RelayOptions['smtp'] {
	const settings = readSmtpUrl(url);
	if (settings) return settings;
	// The address itself is not repeated: it may hold a password.
	throw new StartProblem(
		'PORTICO_SMTP_URL must look like smtp://user:password@mail.example:587 (or smtps://).',
	);
}

function sender(address: string): string {
	if (isEmailAddress(address)) return address;
	throw new StartProblem('PORTICO_SENDER must be an email address.');
}
