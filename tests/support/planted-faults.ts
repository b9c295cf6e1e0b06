import type { Message } from '$lib/domain/message.ts';
import type { Relay } from '$lib/relay/relay.ts';
import type { Changes, CommitOptions, Snapshot, Vault } from '$lib/vault/types.ts';
import type { Truth } from './oracle-relay.ts';

/** A fault planted on purpose, to see that the storm catches it. */
export interface PlantedFault {
	/** Changes how a context's deliverer sees the vault. */
	vault?: (vault: Vault) => Vault;
	/** Changes how a page sees the vault in which a person confirms a batch. */
	confirming?: (vault: Vault) => Vault;
	/** Changes how a context's deliverer sees the relay. */
	relay?: (relay: Relay) => Relay;
	hasLocks?: boolean;
	/** Nothing is held after a restore, nor by the witness. */
	forgetsToHold?: boolean;
	/** False: no page looks at the witness, which would make good a part of what a power cut undoes. */
	hasWitness?: boolean;
}

export interface NamedFault {
	name: string;
	truth: Truth;
	/** What it must be caught by. */
	breaks: RegExp;
	fault: PlantedFault;
}

export const plantedFaults: readonly NamedFault[] = [
	{
		name: 'an orphan is requeued on a relay without keys',
		truth: 'neither',
		breaks: /second attempt/,
		fault: { vault: (vault) => changing(vault, requeueOrphans) },
	},
	{
		name: 'an orphan is sent again on a relay that can only be asked',
		truth: 'can be asked',
		breaks: /second attempt/,
		fault: { relay: (relay) => ({ ...relay, dropsRepeats: true, keyMemoryMs: 1e12 }) },
	},
	{
		name: 'an unknown outcome is tried again',
		truth: 'neither',
		breaks: /second attempt/,
		fault: {
			relay: (relay) => ({
				...relay,
				async send(message, key) {
					const outcome = await relay.send(message, key);
					const { detail } = outcome;
					return outcome.kind === 'unknown' ? { kind: 'unreachable', detail } : outcome;
				},
			}),
		},
	},
	{
		name: 'a message is deleted before it is sent',
		truth: 'drops repeats',
		breaks: /lost|no mail left/,
		fault: { vault: (vault) => changing(vault, settleBeforeSending) },
	},
	{
		name: 'the intent to send is written relaxed',
		truth: 'neither',
		breaks: /second attempt/,
		fault: {
			hasWitness: false,
			vault: (vault) =>
				committing(vault, (build, what, options) =>
					what === 'message claimed' ? [build, { ...options, isStrict: false }] : [build, options],
				),
		},
	},
	{
		name: 'nothing is held after a restore',
		truth: 'neither',
		breaks: /second attempt/,
		fault: { forgetsToHold: true },
	},
	{
		name: '`maybeSentAt` is forgotten',
		truth: 'drops repeats',
		breaks: /untrue|second attempt|accepted twice/,
		fault: { vault: (vault) => changing(vault, forgetMaybeSent) },
	},
	{
		name: 'neither lock nor atomic claim',
		truth: 'neither',
		breaks: /second attempt/,
		fault: { hasLocks: false, vault: claimingByAnOldLook },
	},
	{
		name: 'who asked not to be emailed is not looked at again',
		truth: 'drops repeats',
		breaks: /leaves out/,
		fault: {
			vault: (vault) =>
				committing(vault, (build, what, options) => [
					what === 'message claimed' ? (state) => build(withoutClientFlags(state)) : build,
					options,
				]),
		},
	},
	{
		name: 'a second confirmation does not see the first: an invitation that nobody asked for',
		truth: 'drops repeats',
		breaks: /queued twice/,
		fault: {
			confirming: (vault) =>
				committing(vault, (build, what, options) => [
					what === 'invitations queued' ? (state) => build(withoutInvited(state)) : build,
					options,
				]),
		},
	},
	{
		name: 'another relay is trusted with what the first one may have sent',
		truth: 'drops repeats',
		breaks: /second attempt/,
		fault: {
			vault: (vault) =>
				changing(vault, (message) =>
					message.triedVia === '' ? message : { ...message, triedVia: '' },
				),
		},
	},
];

function requeueOrphans(message: Message): Message {
	const isOrphan = message.history.at(-1)?.event === 'orphan';
	return isOrphan && message.state === 'unconfirmed'
		? { ...message, state: 'queued', maybeSentAt: 0, settledAt: 0 }
		: message;
}

/** Like a queue that takes a message out before it hands it over. */
function settleBeforeSending(message: Message): Message {
	return message.state === 'sending' ? { ...message, state: 'sent' } : message;
}

function forgetMaybeSent(message: Message): Message {
	return message.state === 'queued' ? { ...message, maybeSentAt: 0 } : message;
}

/** The claim looks at what this context saw a while ago. */
function claimingByAnOldLook(vault: Vault): Vault {
	let stale: Snapshot | undefined;
	return committing(vault, (build, what, options) => {
		if (what !== 'message claimed') return [build, options];
		const old: Build = (state) => {
			const changes = build(stale ?? state);
			stale = state;
			return changes;
		};
		return [old, options];
	});
}

function withoutClientFlags(state: Snapshot): Snapshot {
	return {
		...state,
		rows: (name) => state.rows(name),
		get: (name, id) => {
			const row = state.get(name, id);
			const flags = {
				isDoNotEmail: false,
				isDeceased: false,
				hasJoinedPortal: false,
				hasBounced: false,
			};
			return name === 'clients' && row ? { ...row, ...flags } : row;
		},
	};
}

function withoutInvited(state: Snapshot): Snapshot {
	return {
		...state,
		rows: (name) => (name === 'invitations' || name === 'messages' ? [] : state.rows(name)),
		get: (name, id) => state.get(name, id),
		table: (name) => state.table(name),
	};
}

type Build = Parameters<Vault['commit']>[0];

/** The same vault; each message that the deliverer commits is changed on its way. */
function changing(vault: Vault, change: (message: Message) => Message): Vault {
	return committing(vault, (build, _what, options) => [
		(state): Changes | undefined => {
			const changes = build(state);
			const messages = changes?.put?.messages?.map(change);
			return messages ? { ...changes, put: { ...changes?.put, messages } } : changes;
		},
		options,
	]);
}

/** The same vault with another way to commit. */
function committing(
	vault: Vault,
	change: (build: Build, what: string, options: CommitOptions) => [Build, CommitOptions],
): Vault {
	const commit: Vault['commit'] = (build, entry, options) => {
		const [changed, otherwise] = change(build, entry.what, options);
		return vault.commit(changed, entry, otherwise);
	};
	return new Proxy(vault, {
		get(target, name) {
			if (name === 'commit') return commit;
			const value: unknown = Reflect.get(target, name, target);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
	});
}
