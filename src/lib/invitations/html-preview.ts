interface HtmlPolicy {
	createHTML(html: string): unknown;
}
interface PolicyFactory {
	createPolicy(name: string, rules: { createHTML(html: string): string }): HtmlPolicy;
}

let policy: HtmlPolicy | undefined;

/**
 * A letter's page for a sandboxed frame without any rights. Its links are made to open a window, which
 * the sandbox refuses: a click in a preview must not open a client's door, nor touch the network.
 * Typed as the string that `srcdoc` is typed to take; '' where the host's policy allows no such page.
 */
export function previewPage(html: string): string {
	const page = html.replaceAll('<a href=', '<a target="_blank" href=');
	const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
	if (!trustedTypes) return page;
	try {
		policy ??= trustedTypes.createPolicy('portico-preview', { createHTML: (text) => text });
		return policy.createHTML(page) as string;
	} catch {
		return '';
	}
}
