/** Has the browser save a file made here. `type`: its MIME type. */
export function saveFile(name: string, content: string, type: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(new Blob([content], { type }));
	link.download = name;
	link.click();
	// The browser has to have begun with it before its address goes.
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
