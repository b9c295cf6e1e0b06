/** Light modules around the code, without which readers do not find it (ISO/IEC 18004). */
const margin = 4;

export interface QrPath {
	/** Modules along a side, margin included. */
	size: number;
	/** The dark modules as an SVG path, a unit each. */
	path: string;
}

/** A text as a QR code; the library comes only when one is drawn. */
export async function qrPathOf(text: string): Promise<QrPath> {
	const { encodeQR } = await import('qr');
	const rows = encodeQR(text, 'raw', { ecc: 'medium', border: margin });
	let path = '';
	for (const [y, row] of rows.entries())
		for (const [x, isDark] of row.entries()) if (isDark) path += `M${x} ${y}h1v1h-1z`;
	return { size: rows.length, path };
}
