import { tick } from 'svelte';

/** Brings the first field that something is wrong with into focus, once the form shows it. */
export async function focusWrong(event: SubmitEvent): Promise<void> {
	const form = event.target as HTMLFormElement;
	await tick();
	form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}
