import type { Import } from '$lib/domain/import.ts';

const formats: Record<string, string> = {
	text: 'text table',
	workbook: 'Excel workbook',
	cards: 'address book',
};

/** What the file was: "SimplePractice export, text table". */
export function fileInWords({ product, format, isSample }: Import): string {
	if (isSample) return 'Made-up clients to try Portico with';
	const file = formats[format ?? ''] ?? 'file';
	return product ? `${product} export, ${file}` : file.charAt(0).toUpperCase() + file.slice(1);
}
