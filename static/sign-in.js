// Google and Microsoft send their window back to this page; it hands the answer to the tab of
// Portico that waits for it. A channel of our own origin does that even where the vendor's pages
// cut the window off from the tab that opened it (Cross-Origin-Opener-Policy).

const tryEveryMs = 1_000;
const words = /** @type {HTMLElement} */ (document.getElementById('words'));
const answer = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
// What is in the address may be a token, and must not stay in the history.
history.replaceState(null, '', location.pathname);

if (typeof answer.state === 'string') handOver(answer.state);
else
	words.textContent =
		'Google and Microsoft send you back to this page when you sign in. There is nothing to do here.';

/** @param {string} state */
function handOver(state) {
	const channel = new BroadcastChannel('portico-sign-in');
	let tries = 0;
	const ask = () => {
		channel.postMessage({ answer });
		tries += 1;
		if (tries === 3)
			words.textContent =
				'Go back to the tab of Portico in which you began to sign in; it takes over from there. Leave this window open until it has.';
	};
	// A tab on a phone may sleep until it is looked at again.
	const timer = setInterval(ask, tryEveryMs);
	channel.addEventListener('message', ({ data }) => {
		if (data?.taken !== state) return;
		clearInterval(timer);
		channel.close();
		words.textContent = 'Done. You can close this window and go back to Portico.';
		window.close();
	});
	ask();
}
