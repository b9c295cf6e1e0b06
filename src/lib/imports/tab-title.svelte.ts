/** Shows a text in the tab's title as long as the component is there; then the title is what it was. */
export function showInTabTitle(text: () => string): void {
	let before: string | undefined;
	let shown = '';
	$effect(() => {
		before ??= document.title;
		shown = text();
		document.title = shown;
	});
	$effect(() => () => {
		// Another screen may have set its own by now.
		if (before !== undefined && document.title === shown) document.title = before;
	});
}
