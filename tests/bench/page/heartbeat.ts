/** How long the page could not answer. */
export interface Blocks {
	/** The longest time between two beats, beyond the beat itself, in ms: what else ran on the machine included. */
	longestGapMs: number;
	/** The longest single task of 50 ms or more; 0 when there was none. */
	longestTaskMs: number;
	longTasks: number;
	/** The longest time between two frames, in ms. */
	longestFrameMs: number;
}

const beatMs = 4;

/** Beats until it is stopped. */
export function startHeartbeat(): () => Promise<Blocks> {
	const blocks: Blocks = { longestGapMs: 0, longestTaskMs: 0, longTasks: 0, longestFrameMs: 0 };
	let isOver = false;
	let last = performance.now();
	const beat = () => {
		const now = performance.now();
		blocks.longestGapMs = Math.max(blocks.longestGapMs, now - last - beatMs);
		last = now;
		if (!isOver) setTimeout(beat, beatMs);
	};
	setTimeout(beat, beatMs);
	let lastFrame = last;
	const frame = (now: number) => {
		blocks.longestFrameMs = Math.max(blocks.longestFrameMs, now - lastFrame);
		lastFrame = now;
		if (!isOver) requestAnimationFrame(frame);
	};
	requestAnimationFrame(frame);
	const observer = new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) {
			blocks.longTasks += 1;
			blocks.longestTaskMs = Math.max(blocks.longestTaskMs, duration);
		}
	});
	observer.observe({ type: 'longtask' });
	return async () => {
		// Entries of the last tasks come a little later.
		await new Promise((resolve) => setTimeout(resolve, 200));
		isOver = true;
		observer.disconnect();
		return blocks;
	};
}
