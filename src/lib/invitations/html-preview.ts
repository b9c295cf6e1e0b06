interface HtmlPolicy {
	createHTML(html: string): unknown;
}
interface PolicyFactory {
	createPolicy(name: string, rules: { createHTML(html: string): string }): HtmlPolicy;
}

let policy: HtmlPolicy | undefined;

/** Nothing in it runs and nothing is fetched, on top of what the page's own policy forbids. */
const framePolicy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;

/**
 * A letter's page for a sandboxed frame of no origin. Its links are made to open a window, which the
 * sandbox refuses: a click in a preview must not open a client's door, nor touch the network. The
 * frame's policy forbids scripts, not its sandbox: checkers of accessibility could not enter it else.
 * Typed as the string that `srcdoc` is typed to take; '' where the host's policy allows no such page.
 */
export function previewPage(html: string): string {
	const page = html
		.replace('<head>', `<head>${framePolicy}`)
		.replaceAll('<a href=', '<a target="_blank" href=');
	const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
	if (!trustedTypes) return page;
	try {
		policy ??= trustedTypes.createPolicy('portico-preview', { createHTML: (text) => text });
		return policy.createHTML(page) as string;
	} catch {
		return '';
	}
}
