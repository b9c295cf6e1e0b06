/** MJML brings no types along; this is what we use of it. */
declare module 'mjml' {
	// eslint-disable-next-line no-restricted-exports -- it is MJML's own export.
	export default function mjml2html(
		source: string,
		options?: { validationLevel?: 'strict' | 'soft' | 'skip' },
	): Promise<{ html: string; errors: { message: string }[] }>;
}
