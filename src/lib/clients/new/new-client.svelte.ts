class NewClientDoor {
	#isAsked = $state(false);

	/** Whether somebody wants to add a client, wherever in the app she is; the frame answers. */
	get isAsked(): boolean {
		return this.#isAsked;
	}

	ask(): void {
		this.#isAsked = true;
	}

	close(): void {
		this.#isAsked = false;
	}
}

/** '+ New Client'. */
export const newClient = new NewClientDoor();
