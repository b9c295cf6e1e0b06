/** Where Google and Microsoft send the window back to; it has to be registered with them. */
export function signInPage(): string {
	return new URL('./sign-in.html', location.href).href;
}
