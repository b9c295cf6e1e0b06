/** What the person who typed would have typed: each is one keystroke more than the one before. */
const typed = ['maya okafor', 'garcía', 'dr. rowan', 'example.org', 'qqq'];
export const keystrokes = typed.flatMap((text) => [...text].map((_, at) => text.slice(0, at + 1)));
