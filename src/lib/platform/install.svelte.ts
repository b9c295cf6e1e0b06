/** Chromium's event, not in the standard: https://developer.mozilla.org/docs/Web/API/BeforeInstallPromptEvent */
interface BeforeInstallPromptEvent extends Event {
	prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

class InstallOffer {
	#event = $state.raw<BeforeInstallPromptEvent>();

	constructor() {
		if (typeof window === 'undefined') return;
		// It fires once, early, and only the kept event can be used later.
		window.addEventListener('beforeinstallprompt', (event) => {
			event.preventDefault();
			this.#event = event as BeforeInstallPromptEvent;
		});
		window.addEventListener('appinstalled', () => (this.#event = undefined));
	}

	/** The browser lets us offer 'Install'. Never true where it has a menu of its own for it (Safari, Firefox). */
	get canInstall(): boolean {
		return this.#event !== undefined;
	}

	/** Shows the browser's question; an event serves one question only. Resolves to whether it was accepted. */
	async install(): Promise<boolean> {
		const event = this.#event;
		if (!event) return false;
		this.#event = undefined;
		const { outcome } = await event.prompt();
		return outcome === 'accepted';
	}
}

/** The 'Install' offer as a rune. */
export const installOffer = new InstallOffer();
