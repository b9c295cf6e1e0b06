/** Has the browser save a file made here, of these pieces. `type`: its MIME type. */
export function saveFile(name: string, content: string | readonly string[], type: string): void {
	const link = document.createElement('a');
	const pieces = typeof content === 'string' ? [content] : [...content];
	link.href = URL.createObjectURL(new Blob(pieces, { type }));
	link.download = name;
	link.click();
	// The browser has to have begun with it before its address goes.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
