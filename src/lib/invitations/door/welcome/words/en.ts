import type { WelcomeWords } from '../welcome-words.ts';

export const en: WelcomeWords = {
	name: 'English',
	language: 'Language',
	invitation: 'Invitation',
	greeting: 'For {name}',
	invites: '{who} invites you to the client portal of {practice}',
	invitesAlone: '{practice} invites you to its client portal',
	about:
		'The portal is a private place online for what is between you and the practice. This invitation is meant for you alone.',
	nextTitle: 'What happens next',
	nextPortal: 'The button opens the portal’s own page. There you set up your access.',
	nextNoPortal:
		'Tell {practice} here whether you would like to join. You will then hear from the practice how to go on.',
	open: 'Open the portal',
	leadsTo: 'It leads to {host}.',
	checkHost: 'Go on only if you know this as an address of {practice}.',
	tell: 'Tell {practice}',
	notForYou: 'Not for you?',
	answers: {
		joined: 'I have joined',
		'would-like': 'I would like to join',
		declined: 'No, thank you',
		'not-mine': 'This was not meant for me',
		'do-not-email': 'Please do not email me',
	},
	until: 'This invitation is open until {date}.',
	keepsNothing:
		'This page keeps nothing and sends nothing by itself. All that it shows was in your link.',
	yourAnswer: 'Your answer: {answer}',
	notSentYet:
		'Nothing has been sent yet. Your answer goes to {practice} as a mail that you send yourself.',
	notSentBox:
		'Nothing has been sent yet. The button sends your answer to {practice}, and nothing else.',
	sendAnswer: 'Send my answer',
	sending: 'One moment: your answer is being sent.',
	answerSent: 'Your answer is sent. {practice} will see it. You can close this page.',
	answerFailed:
		'Your answer could not be sent. Check your connection and try again, or send it by mail.',
	orByMail: 'Or send it to {practice} as a mail:',
	writeMail: 'Write the mail',
	copy: 'Copy',
	copied: 'Copied. Now paste it into a mail to {address}.',
	copyByHand: 'This browser did not let the page copy it. Select the text below and copy it.',
	answerLink: 'Your answer, as a link',
	noMailProgram: 'No mail program here? Copy your answer and send it to {address}.',
	tooLong: 'The answer is too long to be put into the mail for you. Copy it first, then paste it.',
	otherAnswer: 'Back',
	subject: 'My answer',
	checking: 'One moment: your invitation is being checked.',
	expiredTitle: 'This invitation has ended',
	expired:
		'It was open until {date}. A newer letter may have a link that still is. For a new one, write to {practice}:',
	problems: {
		empty: {
			title: 'There is no invitation in this link',
			text: 'Open the link from your mail once more. If you copied it, copy the whole of it, to its very end.',
		},
		damaged: {
			title: 'This link is not whole',
			text: 'A part of it is missing or was changed on the way. Open the link from your mail once more, or copy the whole of it, to its very end.',
		},
		'too-long': {
			title: 'This link is not an invitation',
			text: 'It is longer than any invitation. Open the link from your mail once more.',
		},
		forged: {
			title: 'This invitation was changed',
			text: 'It is not what was signed when it was made, so nothing in it can be trusted. Ask your practice for a new one, by a way that you know.',
		},
		unfit: {
			title: 'This page does not understand the invitation',
			text: 'What the link says is not what an invitation says. Ask your practice for a new one.',
		},
		'not-yet': {
			title: 'The date of this device looks wrong',
			text: 'This invitation was made later than the date that this device shows. Set the date and time, and open the link again.',
		},
		'unknown-key': {
			title: 'Nobody here knows who made this invitation',
			text: 'It was not signed by a practice that uses this page. Ask your practice, by a way that you know, whether it comes from there.',
		},
		'no-list': {
			title: 'The invitation could not be checked',
			text: 'The list of the practices that use this page could not be read. Try again in a moment.',
		},
		'no-crypto': {
			title: 'This browser cannot check the invitation',
			text: 'The page must be opened over a secure connection (https), in a browser that is not too old. Try another browser or device.',
		},
	},
	tryAgain: 'Try again',
};
