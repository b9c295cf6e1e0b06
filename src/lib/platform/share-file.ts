/** Whether this browser can hand a file to another app or device. */
export function canShare(file: File): boolean {
	return navigator.canShare?.({ files: [file] }) ?? false;
}

/** Opens the device's own window for handing on a file; resolves to whether it was handed on. */
export async function shareFile(file: File): Promise<boolean> {
	try {
		await navigator.share({ files: [file] });
		return true;
	} catch {
		return false;
	}
}
