import type { ReportKind } from '$lib/domain/report-kind.ts';
import type { Vault } from '$lib/vault/types.ts';
import { saveChoices } from './save-choices.ts';

const restMs = 150;

/**
 * Carries choices to the vault: the first at once, those that follow within a moment as one commit.
 * What is not there yet is `pending`.
 */
export class ChoiceKeeper {
	readonly pending = new Map<string, boolean | undefined>();
	readonly #open: () => Promise<Vault>;
	readonly #onfailure: (error: unknown) => void;
	readonly #kind: ReportKind;
	#saving: Promise<void> | undefined;
	#isHurried = false;
	#rest: { timer: ReturnType<typeof setTimeout>; end: () => void } | undefined;

	constructor(
		open: () => Promise<Vault>,
		onfailure: (error: unknown) => void,
		kind: ReportKind = 'first',
	) {
		this.#kind = kind;
		this.#open = open;
		this.#onfailure = onfailure;
	}

	keep(clientId: string, choice: boolean | undefined): void {
		this.pending.set(clientId, choice);
		this.#saving ??= this.#saveAll();
	}

	/** Resolves when all that was chosen so far is in the vault, or has been reported as not to be saved. */
	async flush(): Promise<void> {
		this.#isHurried = true;
		this.#endRest();
		await this.#saving;
		this.#isHurried = false;
	}

	async #saveAll(): Promise<void> {
		// The choices of one gesture come one after the other in this same turn.
		await Promise.resolve();
		try {
			const vault = await this.#open();
			while (this.pending.size > 0) {
				const saved = new Map(this.pending);
				await saveChoices(vault, saved, this.#kind);
				for (const [clientId, choice] of saved)
					if (this.pending.get(clientId) === choice) this.pending.delete(clientId);
				await this.#takeRest();
			}
		} catch (error) {
			this.pending.clear();
			this.#onfailure(error);
		} finally {
			this.#saving = undefined;
		}
	}

	async #takeRest(): Promise<void> {
		if (this.#isHurried) return;
		await new Promise<void>((resolve) => {
			this.#rest = { timer: setTimeout(resolve, restMs), end: resolve };
		});
	}

	#endRest(): void {
		if (this.#rest) clearTimeout(this.#rest.timer);
		this.#rest?.end();
	}
}
